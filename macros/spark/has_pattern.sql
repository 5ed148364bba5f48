{% macro spark__has_pattern(text, pattern) -%}
regexp_like({{ text }}, '{{ pattern }}')
{%- endmacro %}
