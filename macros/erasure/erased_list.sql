{# A list of addresses as a list of as many empty objects, types apart. #}
{% macro erased_list(column, kept_fields) -%}
to_json(json_transform(
    {{ column }},
    '[{
    {%- for field in kept_fields -%}
        "{{ field }}": "VARCHAR"{{ ', ' if not loop.last }}
    {%- endfor -%}
    }]'
))
{%- endmacro %}
