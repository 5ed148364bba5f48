{# The naive UTC time of a time on the clock of a time zone. #}
{% macro local_to_utc(moment, timezone) -%}
(({{ moment }}) at time zone {{ timezone }}) at time zone 'UTC'
{%- endmacro %}
