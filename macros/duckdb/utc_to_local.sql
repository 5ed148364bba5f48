{% macro default__utc_to_local(moment, timezone) -%}
(({{ moment }}) at time zone 'UTC') at time zone {{ timezone }}
{%- endmacro %}
