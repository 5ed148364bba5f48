{% macro default__local_to_utc(moment, timezone) -%}
(({{ moment }}) at time zone {{ timezone }}) at time zone 'UTC'
{%- endmacro %}
