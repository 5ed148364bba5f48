{# The naive UTC time at which a day of the reporting time zone starts. It ends
   where the next one starts: 23 or 25 hours later when clocks change. #}
{% macro start_of_day(date) -%}
{%- set timezone = var('reporting_timezone', 'UTC') -%}
{%- if timezone == 'UTC' -%}
cast({{ date }} as timestamp)
{%- else -%}
(
    cast({{ date }} as timestamp) at time zone {{ sql_literal(timezone) }}
) at time zone 'UTC'
{%- endif -%}
{%- endmacro %}
