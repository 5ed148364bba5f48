{% macro spark__unnest_json_objects(column) -%}
explode(from_json({{ column }}, 'array<string>'))
{%- endmacro %}
