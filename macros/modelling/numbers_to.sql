{# One row per whole number from 1 to the count, both included. #}
{% macro numbers_to(count) -%}
{{ adapter.dispatch('numbers_to', 'gladly')(count) }}
{%- endmacro %}
