{# The size of no list is null with ANSI and -1 without. #}
{% macro spark__json_count(column, field=none, value=none) -%}
{%- if field -%}
cast(
    coalesce(
        size(
            filter(
                from_json({{ column }}, 'array<string>'),
                entry ->
                    upper(get_json_object(entry, '$.{{ field }}')) = '{{ value }}'
            )
        ),
        0
    ) as bigint
)
{%- else -%}
cast(coalesce(json_array_length({{ column }}), 0) as bigint)
{%- endif -%}
{%- endmacro %}
