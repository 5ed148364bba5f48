{# The CTE <extract>_restated of <extract>_paired: one row per column that is
   not what it was. #}
{% macro restated_columns(extract, rule) -%}
{{ adapter.dispatch('restated_columns', 'gladly')(extract, rule) }}
{%- endmacro %}
