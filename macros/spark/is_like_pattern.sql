{% macro spark__is_like_pattern(text, pattern) -%}
regexp_like({{ text }}, '^(?:{{ pattern }})\z')
{%- endmacro %}
