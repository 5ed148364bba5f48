{# The type of a column with JSON in it. #}
{% macro json_type() -%}
{{ adapter.dispatch('json_type', 'gladly')() }}
{%- endmacro %}
