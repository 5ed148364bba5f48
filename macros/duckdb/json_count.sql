{% macro default__json_count(column, field=none, value=none) -%}
{%- if field -%}
cast(
    coalesce(
        len(
            list_filter(
                json_extract_string({{ column }}, '$[*].{{ field }}'),
                lambda entry: upper(entry) = '{{ value }}'
            )
        ),
        0
    ) as bigint
)
{%- else -%}
cast(coalesce(json_array_length({{ column }}), 0) as bigint)
{%- endif -%}
{%- endmacro %}
