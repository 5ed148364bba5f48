{# A time as emitted, as a naive UTC timestamp: with Z or an offset as it says,
   else local to the report's Timezone Filter. #}
{% macro to_utc(column, timezone=none) -%}
{{ adapter.dispatch('to_utc', 'gladly')(column, timezone) }}
{%- endmacro %}
