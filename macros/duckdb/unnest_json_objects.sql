{% macro default__unnest_json_objects(column) -%}
unnest(from_json({{ column }}, '["JSON"]'))
{%- endmacro %}
