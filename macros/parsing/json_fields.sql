{# Fields of a JSON object, parsed once, as a struct of text. #}
{% macro json_fields(column, fields) -%}
json_transform(
    {{ column }},
    '{
    {%- for field in fields -%}
        "{{ field }}": "VARCHAR"{{ ', ' if not loop.last }}
    {%- endfor -%}
    }'
)
{%- endmacro %}
