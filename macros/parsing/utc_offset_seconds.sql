{# Seconds by which the clock of a time zone is ahead of UTC at a naive UTC
   moment. #}
{% macro utc_offset_seconds(moment, timezone) -%}
date_diff(
    'second',
    {{ moment }},
    ({{ moment }} at time zone 'UTC') at time zone {{ timezone }}
)
{%- endmacro %}
