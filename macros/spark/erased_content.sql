{# DuckDB has erased it before Spark reads it. #}
{% macro spark__erased_content(column) -%}
{{ column }}
{%- endmacro %}
