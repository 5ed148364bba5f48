{# One row per element of a JSON list of objects. #}
{% macro unnest_json_objects(column) -%}
{{ adapter.dispatch('unnest_json_objects', 'gladly')(column) }}
{%- endmacro %}
