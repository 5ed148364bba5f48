{% macro to_snake_case(column) -%}
nullif(translate(lower(trim({{ column }})), ' /-', '___'), '')
{%- endmacro %}
