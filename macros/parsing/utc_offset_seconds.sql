{# Seconds by which the clock of a time zone is ahead of UTC at a naive UTC
   moment. #}
{% macro utc_offset_seconds(moment, timezone) -%}
{{ adapter.dispatch('utc_offset_seconds', 'gladly')(moment, timezone) }}
{%- endmacro %}
