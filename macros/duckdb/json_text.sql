{% macro default__json_text(column, path) -%}
json_extract_string({{ column }}, '$.{{ path }}')
{%- endmacro %}
