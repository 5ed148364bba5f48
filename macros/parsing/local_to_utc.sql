{# The naive UTC time of a time on the clock of a time zone. #}
{% macro local_to_utc(moment, timezone) -%}
{{ adapter.dispatch('local_to_utc', 'gladly')(moment, timezone) }}
{%- endmacro %}
