{# Spark writes ten million as 1.0E7. #}
{% macro spark__double_text(column) -%}
regexp_replace(
    cast(cast({{ column }} as decimal(30, 3)) as string), '([.][0-9]+?)0+$', '$1'
)
{%- endmacro %}
