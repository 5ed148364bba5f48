{% macro default__to_timezone(column) -%}
case
    when {{ column }} in (select name from pg_timezone_names())
        then {{ column }}
end
{%- endmacro %}
