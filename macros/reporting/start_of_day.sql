{# The naive UTC time at which a day of a time zone starts, that of the variable
   reporting_timezone unless another is given: right after the day before ends. Where
   clocks go back at one in the morning, midnight comes twice, and engines take the
   second. #}
{% macro start_of_day(date, timezone=none) -%}
{%- set reporting_timezone = var('reporting_timezone', 'UTC') -%}
{%- if timezone is none and reporting_timezone == 'UTC' -%}
cast({{ date }} as timestamp)
{%- else -%}
{{ local_to_utc(
    'cast(' ~ date ~ ' as timestamp) - interval 1 microsecond',
    timezone or sql_literal(reporting_timezone),
) }} + interval 1 microsecond
{%- endif -%}
{%- endmacro %}
