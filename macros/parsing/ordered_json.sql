{# A JSON object as text with its fields in alphabetical order, so that two
   objects that differ only in the order of their fields compare equal. #}
{% macro ordered_json(column) -%}
array_to_string(
    list_transform(
        list_sort(json_keys({{ column }})),
        lambda field: field || '=' || cast(json_extract({{ column }}, '/' || field) as string)
    ),
    chr(31)
)
{%- endmacro %}
