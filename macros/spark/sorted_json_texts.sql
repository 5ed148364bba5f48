{% macro spark__sorted_json_texts(column) -%}
nullif(
    array_join(array_sort(from_json({{ column }}, 'array<string>')), ', '), ''
)
{%- endmacro %}
