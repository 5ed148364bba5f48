{# One row per element of a list. #}
{% macro unnest_list(list) -%}
{{ adapter.dispatch('unnest_list', 'gladly')(list) }}
{%- endmacro %}
