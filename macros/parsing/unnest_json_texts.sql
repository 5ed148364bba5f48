{# One row per element of a JSON list of texts. #}
{% macro unnest_json_texts(column) -%}
unnest(from_json({{ column }}, '["VARCHAR"]'))
{%- endmacro %}
