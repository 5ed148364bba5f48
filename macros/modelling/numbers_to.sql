{# One row per whole number from 1 to the count, both included. #}
{% macro numbers_to(count) -%}
    unnest(generate_series(1, {{ count }}))
{%- endmacro %}
