{% macro to_count(column) -%}
cast(round(try_cast({{ column }} as double)) as bigint)
{%- endmacro %}
