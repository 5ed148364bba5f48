{% macro json_text(column, path) -%}
{{ adapter.dispatch('json_text', 'gladly')(column, path) }}
{%- endmacro %}
