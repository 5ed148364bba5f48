{# A whole number of at least 0, written in digits alone; 12.0 is 12. Fifteen
   digits are more than anybody counts, and few enough that sums stay whole. #}
{% macro to_count(column) -%}
case
    when {{ is_like_pattern(column, '[0-9]{1,15}([.]0+)?') }}
        then cast(try_cast({{ column }} as double) as bigint)
end
{%- endmacro %}
