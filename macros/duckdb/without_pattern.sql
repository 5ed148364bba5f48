{% macro default__without_pattern(text, pattern) -%}
regexp_replace({{ text }}, '{{ pattern }}', '', 'g')
{%- endmacro %}
