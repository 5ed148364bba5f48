{% macro spark__without_pattern(text, pattern) -%}
regexp_replace({{ text }}, '{{ pattern }}', '')
{%- endmacro %}
