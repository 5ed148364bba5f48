{# One row per element of a JSON list of objects. #}
{% macro unnest_json_objects(column) -%}
unnest(from_json({{ column }}, '["JSON"]'))
{%- endmacro %}
