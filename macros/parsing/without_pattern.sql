{# A text without all that a pattern describes. #}
{% macro without_pattern(text, pattern) -%}
{{ adapter.dispatch('without_pattern', 'gladly')(text, pattern) }}
{%- endmacro %}
