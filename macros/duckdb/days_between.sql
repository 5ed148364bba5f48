{% macro default__days_between(first, last) -%}
unnest(
    cast(
        generate_series(
            cast({{ first }} as timestamp),
            cast({{ last }} as timestamp),
            interval 1 day
        ) as date []
    )
)
{%- endmacro %}
