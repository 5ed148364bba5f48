{% macro spark__utf_8_text(column) -%}
case
    when {{ has_pattern(column, '[Â-ô][^ -~]') }}
        and not {{ has_pattern(column, '[^\\t-\\r -ÿ]') }}
        then coalesce(
            try_validate_utf8(
                cast(encode({{ column }}, 'ISO-8859-1') as string)
            ),
            {{ column }}
        )
    else {{ column }}
end
{%- endmacro %}
