{# Whether a pattern describes a part of a text. #}
{% macro has_pattern(text, pattern) -%}
{{ adapter.dispatch('has_pattern', 'gladly')(text, pattern) }}
{%- endmacro %}
