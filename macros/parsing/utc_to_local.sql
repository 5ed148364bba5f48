{# A naive UTC time on the clock of a time zone. #}
{% macro utc_to_local(moment, timezone) -%}
(({{ moment }}) at time zone 'UTC') at time zone {{ timezone }}
{%- endmacro %}
