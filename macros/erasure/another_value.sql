{# Some value of a column's type that is not the one it has, and not null. #}
{% macro another_value(column, data_type) -%}
{%- if data_type == 'VARCHAR' -%}
    {%- set values = ["''", "' '"] -%}
{%- elif data_type == 'BOOLEAN' -%}
    {%- set values = ['true', 'false'] -%}
{%- elif data_type == 'DATE' or data_type.startswith('TIMESTAMP') -%}
    {%- set values = ["'2000-01-01'", "'2000-01-02'"] -%}
{%- elif data_type == 'TIME' -%}
    {%- set values = ["'00:00:00'", "'00:00:01'"] -%}
{%- elif data_type.endswith('[]') -%}
    {%- set values = ['[]', '[null]'] -%}
{%- elif data_type.startswith('MAP') -%}
    {%- set values = ['map {}', 'map {0: null}'] -%}
{%- else -%}
    {%- set values = ["'0'", "'1'"] -%}
{%- endif -%}
case
    when {{ column }} is distinct from cast({{ values[0] }} as {{ data_type }})
        then cast({{ values[0] }} as {{ data_type }})
    else cast({{ values[1] }} as {{ data_type }})
end
{%- endmacro %}
