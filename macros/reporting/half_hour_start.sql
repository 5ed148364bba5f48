{# The naive UTC time at which the half hour of a naive UTC time starts, on the
   clock of the reporting time zone. #}
{% macro half_hour_start(moment) -%}
{%- set midnight = start_of_day(to_reporting_date(moment)) -%}
{{ midnight }} + cast(
    floor({{ seconds_between(midnight, moment) }} / 1800) as integer
) * interval 30 minute
{%- endmacro %}
