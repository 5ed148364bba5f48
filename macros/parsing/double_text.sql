{# A number of at most three decimals as text: 12.5, 12.0. #}
{% macro double_text(column) -%}
{{ adapter.dispatch('double_text', 'gladly')(column) }}
{%- endmacro %}
