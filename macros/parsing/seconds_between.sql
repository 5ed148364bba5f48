{# Seconds from one moment to another, to the millisecond. #}
{% macro seconds_between(start, finish) -%}
{{ adapter.dispatch('seconds_between', 'gladly')(start, finish) }}
{%- endmacro %}
