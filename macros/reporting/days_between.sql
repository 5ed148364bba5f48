{# One row per day from the first to the last, both included. #}
{% macro days_between(first, last) -%}
{{ adapter.dispatch('days_between', 'gladly')(first, last) }}
{%- endmacro %}
