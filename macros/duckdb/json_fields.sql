{% macro default__json_fields(column, fields) -%}
json_transform(
    {{ column }},
    '{
    {%- for field in fields -%}
        "{{ field }}": "VARCHAR"{{ ', ' if not loop.last }}
    {%- endfor -%}
    }'
)
{%- endmacro %}
