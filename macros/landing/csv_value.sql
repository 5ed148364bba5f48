{# The value of a field in report files of one header, whichever of its names
   the header uses; null where the header has none of them. #}
{% macro csv_value(field, shape) -%}
    {%- set present = field.columns | select('in', shape.columns) | list -%}
    {%- if not present -%}
        cast(null as varchar)
    {%- elif present | length == 1 -%}
        records.{{ adapter.quote(present[0]) }}
    {%- else -%}
        coalesce(
            {%- for column in present -%}
            records.{{ adapter.quote(column) }}{{ ', ' if not loop.last }}
            {%- endfor -%}
        )
    {%- endif -%}
{%- endmacro %}
