{# Whether a pattern describes all of a text. #}
{% macro is_like_pattern(text, pattern) -%}
{{ adapter.dispatch('is_like_pattern', 'gladly')(text, pattern) }}
{%- endmacro %}
