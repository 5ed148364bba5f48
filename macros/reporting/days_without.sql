{# How many days of the reporting time zone have no moment, from the first that has
   one to the last. #}
{% macro days_without(column) -%}
{%- set day = to_reporting_date(column) -%}
cast(
    round({{ seconds_between(
        'cast(min(' ~ day ~ ') as timestamp)',
        'cast(max(' ~ day ~ ') as timestamp)',
    ) }} / 86400) as bigint
) + 1 - count(distinct {{ day }})
{%- endmacro %}
