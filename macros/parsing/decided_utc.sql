{# A time of a report as a naive UTC timestamp: what is decided of it where its
   clock leaves it in doubt, else as it says. #}
{% macro decided_utc(column) -%}
coalesce(
    decided_{{ column }},
    {{ to_utc(column, 'timezone_filter') }}
)
{%- endmacro %}
