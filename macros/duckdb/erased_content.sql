{% macro default__erased_content(column) -%}
{%- set source = extract_sources().get('conversation_items') -%}
{%- set kept = kept_paths(source, 'content') if source else ['type'] -%}
case when {{ column }} is not null then try(cast(json_merge_patch(
    coalesce(
        {{ kept_json(column, kept) }},
        cast('{}' as json)
    ),
    json_object('erasedLength', coalesce(
        length(coalesce(
            json_extract_string({{ column }}, '$.content'),
            json_extract_string({{ column }}, '$.body')
        )),
        try_cast(json_extract_string({{ column }}, '$.erasedLength') as bigint)
    ))
) as json)) end
{%- endmacro %}
