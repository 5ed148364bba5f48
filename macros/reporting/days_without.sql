{# How many days of the reporting time zone have no moment, from the first that
   has one to the last. #}
{% macro days_without(column) -%}
cast(
    round(
        {{ seconds_between(
            'cast(min(' ~ to_reporting_date(column) ~ ') as timestamp)',
            'cast(max(' ~ to_reporting_date(column) ~ ') as timestamp)',
        ) }} / 86400
    ) as bigint
) + 1 - count(distinct {{ to_reporting_date(column) }})
{%- endmacro %}
