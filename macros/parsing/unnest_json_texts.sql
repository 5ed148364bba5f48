{# One row per element of a JSON list of texts; null, a blank text, an object or
   a list in it is none. #}
{% macro unnest_json_texts(column) -%}
{{ adapter.dispatch('unnest_json_texts', 'gladly')(column) }}
{%- endmacro %}
