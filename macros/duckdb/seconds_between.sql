{% macro default__seconds_between(start, finish) -%}
round((epoch_ms({{ finish }}) - epoch_ms({{ start }})) / 1000.0, 3)
{%- endmacro %}
