{# Of an hour that comes twice Spark takes the first; this project takes the
   second, as DuckDB does: it is where the offset of a day later leads to a
   moment that has this time on its clock. #}
{% macro spark__local_to_utc(moment, timezone) -%}
{%- set earlier = 'convert_timezone(' ~ timezone ~ ", 'UTC', " ~ moment
    ~ ')' -%}
{%- set day_after = '(' ~ earlier ~ ' + interval 1 day)' -%}
{%- set later = '((' ~ moment ~ ') - (' ~ utc_to_local(day_after, timezone)
    ~ ' - ' ~ day_after ~ '))' -%}
case
    when {{ utc_to_local(later, timezone) }} = ({{ moment }}) then {{ later }}
    else {{ earlier }}
end
{%- endmacro %}
