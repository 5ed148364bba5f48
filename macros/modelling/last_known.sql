{# What a column had last, nulls passed over: the window follows. #}
{% macro last_known(column) -%}
{{ adapter.dispatch('last_known', 'gladly')(column) }}
{%- endmacro %}
