{% macro default__utc_offset_seconds(moment, timezone) -%}
date_diff(
    'second',
    {{ moment }},
    ({{ moment }} at time zone 'UTC') at time zone {{ timezone }}
)
{%- endmacro %}
