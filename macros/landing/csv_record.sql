{# One CSV record as a struct of its cells. #}
{% macro csv_record(shape) -%}
{
    {%- for column in shape.columns -%}
    {{ sql_literal(column) }}: records.{{ adapter.quote(column) }}
    {{- ', ' if not loop.last }}
    {%- endfor -%}
}
{%- endmacro %}
