{% macro spark__json_fields(column, fields) -%}
from_json(
    {{ column }},
    '
    {%- for field in fields -%}
        `{{ field }}` string{{ ', ' if not loop.last }}
    {%- endfor -%}
    '
)
{%- endmacro %}
