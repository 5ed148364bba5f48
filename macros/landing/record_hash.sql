{# A hash of a record's fields, equal for records that say the same. #}
{% macro record_hash(fields) -%}
hash(
    {%- for field in fields -%}
    {{ field.value }}{{ ', ' if not loop.last }}
    {%- endfor -%}
)
{%- endmacro %}
