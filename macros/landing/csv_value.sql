{# The value of a field in report files of one header, whichever of its names
   the header uses; null where the header has none of them. #}
{% macro csv_value(field, shape) -%}
    {%- set present = [] -%}
    {%- for name in field.columns -%}
        {%- for column in shape.columns if column.name == name -%}
            {%- do present.append('records.' ~ column.cell) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if not present -%}
        cast(null as varchar)
    {%- elif present | length == 1 -%}
        {{ present[0] }}
    {%- else -%}
        coalesce({{ present | join(', ') }})
    {%- endif -%}
{%- endmacro %}
