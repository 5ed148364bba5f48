{# How many days there are without a row, from the first that has one to the
   last. #}
{% macro days_without(day) -%}
cast(
    round(
        {{ seconds_between(
            'cast(min(' ~ day ~ ') as timestamp)',
            'cast(max(' ~ day ~ ') as timestamp)',
        ) }} / 86400
    ) as bigint
) + 1 - count(distinct {{ day }})
{%- endmacro %}
