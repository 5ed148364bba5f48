{% macro json_value(column, path) -%}
json_extract({{ column }}, '$.{{ path }}')
{%- endmacro %}
