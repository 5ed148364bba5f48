{% macro to_snake_case(column) -%}
nullif(
    trim(regexp_replace(lower({{ column }}), '[^a-z0-9]+', '_', 'g'), '_'),
    ''
)
{%- endmacro %}
