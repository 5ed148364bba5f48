{# A naive UTC time on the clock of the reporting time zone. #}
{% macro to_reporting_time(column) -%}
{%- set timezone = var('reporting_timezone', 'UTC') -%}
{%- if timezone == 'UTC' -%}
{{ column }}
{%- else -%}
{{ utc_to_local(column, sql_literal(timezone)) }}
{%- endif -%}
{%- endmacro %}
