{# The texts of a JSON list as one text, in alphabetical order; null when there
   are none. #}
{% macro sorted_json_texts(column) -%}
nullif(
    array_to_string(
        list_sort(from_json({{ column }}, '["VARCHAR"]')), ', '
    ),
    ''
)
{%- endmacro %}
