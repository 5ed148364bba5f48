{% macro default__sorted_json_texts(column) -%}
nullif(
    array_to_string(
        list_sort(from_json({{ column }}, '["VARCHAR"]')), ', '
    ),
    ''
)
{%- endmacro %}
