{# One CSV record as a struct of its cells. #}
{% macro csv_record(shape) -%}
{
    {%- for column in shape.columns -%}
    {{ sql_literal(column.label) }}: records.{{ column.cell }}
    {{- ', ' if not loop.last }}
    {%- endfor -%}
}
{%- endmacro %}
