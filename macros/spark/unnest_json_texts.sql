{% macro spark__unnest_json_texts(column) -%}
explode(filter(
    from_json({{ column }}, 'array<string>'),
    entry -> left(entry, 1) not in ('{', '[', '')
))
{%- endmacro %}
