{% macro to_seconds(column) -%}
round(try_cast({{ column }} as double), 3)
{%- endmacro %}
