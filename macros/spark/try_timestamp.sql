{# Spark takes a year alone for a date, and an hour alone for a time. #}
{% macro spark__try_timestamp(text) -%}
case
    when
        regexp_like(
            trim({{ text }}),
            '^[0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}($|[T ][0-9]{1,2}:[0-9]{1,2})'
        )
        then try_cast({{ text }} as timestamp_ntz)
end
{%- endmacro %}
