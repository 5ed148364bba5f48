{# The naive UTC time at which a day of the reporting time zone starts: right
   after the day before ends. Where clocks go back at one in the morning, midnight comes
   twice, and engines take the second. #}
{% macro start_of_day(date) -%}
{%- set timezone = var('reporting_timezone', 'UTC') -%}
{%- if timezone == 'UTC' -%}
cast({{ date }} as timestamp)
{%- else -%}
(
    (cast({{ date }} as timestamp) - interval 1 microsecond)
    at time zone {{ sql_literal(timezone) }}
) at time zone 'UTC' + interval 1 microsecond
{%- endif -%}
{%- endmacro %}
