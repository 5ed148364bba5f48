{% macro spark__utc_to_local(moment, timezone) -%}
convert_timezone('UTC', {{ timezone }}, {{ moment }})
{%- endmacro %}
