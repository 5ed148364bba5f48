{% macro spark__utc_offset_seconds(moment, timezone) -%}
timestampdiff(
    second, {{ moment }}, {{ utc_to_local(moment, timezone) }}
)
{%- endmacro %}
