{# A share of 0 to 100 percent as a rate of 0 to 1, with or without the sign. #}
{% macro to_percent(column) -%}
case
    when
        {{ is_like_pattern(
            column, '(100([.]0+)?|[0-9]{1,2}([.][0-9]+)?)%?'
        ) }}
        then try_cast(replace({{ column }}, '%', '') as double) / 100
end
{%- endmacro %}
