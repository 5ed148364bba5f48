{% macro default__numbers_to(count) -%}
    unnest(generate_series(1, {{ count }}))
{%- endmacro %}
