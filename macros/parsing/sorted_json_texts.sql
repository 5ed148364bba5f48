{# The texts of a JSON list as one text, in alphabetical order; null when there
   are none. #}
{% macro sorted_json_texts(column) -%}
{{ adapter.dispatch('sorted_json_texts', 'gladly')(column) }}
{%- endmacro %}
