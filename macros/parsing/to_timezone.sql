{# The IANA name of a time zone; null for what is none. #}
{% macro to_timezone(column) -%}
{{ adapter.dispatch('to_timezone', 'gladly')(column) }}
{%- endmacro %}
