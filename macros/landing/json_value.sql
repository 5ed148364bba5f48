{# The value of a field in a JSON object. A blank text is no value, as a blank
   cell of a report is none: no id is "". #}
{% macro json_value(value, field) -%}
    {%- if field.data_type == 'json' -%}
        {{ value }}
    {%- else -%}
        nullif({{ value }}, '')
    {%- endif -%}
{%- endmacro %}
