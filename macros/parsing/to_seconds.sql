{# Seconds to the millisecond, written in digits with or without a point. More
   than thirty years are none. #}
{% macro to_seconds(column, signed=false) -%}
case
    when
        {{ is_like_pattern(
            column, ('[-+]?' if signed else '') ~ '[0-9]{1,9}([.][0-9]+)?'
        ) }}
        then round(try_cast({{ column }} as double), 3) + 0
end
{%- endmacro %}
