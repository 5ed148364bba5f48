{# The text of a file that is read whole, without byte order mark; bytes that
   are not UTF-8 as escapes. #}
{% macro csv_text() -%}
ltrim(
    coalesce(
        try(decode(content)),
        regexp_replace(replace(replace(replace(
            cast(content as varchar), '\x0D', chr(13)
        ), '\x0A', chr(10)), '\x22', '"'), '^\\xEF\\xBB\\xBF', '')
    ),
    chr(65279)
)
{%- endmacro %}
