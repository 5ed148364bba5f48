{% macro default__unnest_json_texts(column) -%}
unnest(list_filter(
    from_json({{ column }}, '["VARCHAR"]'),
    lambda entry: left(entry, 1) not in ('{', '[', '')
))
{%- endmacro %}
