{% macro spark__json_text(column, path) -%}
get_json_object({{ column }}, '$.{{ path }}')
{%- endmacro %}
