{# Fields of a JSON object, parsed once, as a struct of text. #}
{% macro json_fields(column, fields) -%}
{{ adapter.dispatch('json_fields', 'gladly')(column, fields) }}
{%- endmacro %}
