{% macro default__json_type() -%}
json
{%- endmacro %}
