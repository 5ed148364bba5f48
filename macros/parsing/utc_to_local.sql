{# A naive UTC time on the clock of a time zone. #}
{% macro utc_to_local(moment, timezone) -%}
{{ adapter.dispatch('utc_to_local', 'gladly')(moment, timezone) }}
{%- endmacro %}
