{# The day on which a naive UTC time falls in the reporting time zone. #}
{% macro to_reporting_date(column) -%}
cast({{ to_reporting_time(column) }} as date)
{%- endmacro %}
