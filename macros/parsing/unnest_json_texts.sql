{# One row per element of a JSON list of texts; null, an object or a list in
   it is none. #}
{% macro unnest_json_texts(column) -%}
unnest(list_filter(
    from_json({{ column }}, '["VARCHAR"]'),
    lambda entry: left(entry, 1) not in ('{', '[')
))
{%- endmacro %}
