{# An amount of money, written in digits with or without a point and cents. #}
{% macro to_money(column) -%}
case
    when {{ is_like_pattern(column, '[0-9]{1,12}([.][0-9]{1,2}0*)?') }}
        then try_cast({{ column }} as decimal(18, 2))
end
{%- endmacro %}
