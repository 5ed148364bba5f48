{% macro default__utf_8_text(column) -%}
case
    when {{ has_pattern(column, '[Â-ô][^ -~]') }}
        and not {{ has_pattern(column, '[^\\t-\\r -ÿ]') }}
        then coalesce(
            try(decode(unhex(array_to_string(list_transform(
                regexp_extract_all({{ column }}, '(?s).'),
                lambda letter: format('{:02x}', unicode(letter))
            ), '')))),
            {{ column }}
        )
    else {{ column }}
end
{%- endmacro %}
