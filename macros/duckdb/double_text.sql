{% macro default__double_text(column) -%}
cast({{ column }} as string)
{%- endmacro %}
