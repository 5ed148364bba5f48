{# A text as a timestamp, whatever zone it names; null when it is none. #}
{% macro try_timestamp(text) -%}
{{ adapter.dispatch('try_timestamp', 'gladly')(text) }}
{%- endmacro %}
