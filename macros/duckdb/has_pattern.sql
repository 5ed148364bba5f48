{% macro default__has_pattern(text, pattern) -%}
regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}
