{% macro default__try_timestamp(text) -%}
try_cast({{ text }} as timestamp)
{%- endmacro %}
