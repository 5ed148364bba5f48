{# A sequence that would go backwards counts down. #}
{% macro spark__numbers_to(count) -%}
explode(case when {{ count }} >= 1 then sequence(1, {{ count }}) end)
{%- endmacro %}
