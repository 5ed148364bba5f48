{# 1000.0 is a decimal. #}
{% macro spark__seconds_between(start, finish) -%}
round(
    (
        unix_millis(cast({{ finish }} as timestamp_ltz))
        - unix_millis(cast({{ start }} as timestamp_ltz))
    ) / cast(1000 as double),
    3
)
{%- endmacro %}
