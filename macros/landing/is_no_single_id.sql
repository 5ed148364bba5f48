{# Whether a field holds something else where an id should stand: a list, an
   object, a yes or no, or a text with a blank or a control character at an
   end. As text it would be an id of its own. Quotation marks inside a text are
   escaped in JSON, so a text about ids is none. #}
{% macro is_no_single_id(field) -%}
{%- if field.data_type == 'json' -%}
coalesce(regexp_matches(
    cast({{ field.value }} as varchar),
    '"({{ field.ids | join('|') }})"\s*:\s*([\[{]|true|false|"([\p{Z}\p{C}]|\\[bfnrt]|\\u00[01]|[^"]*([\p{Z}\p{C}]|\\[bfnrt]|\\u00[01].)"))'
), false)
{%- else -%}
coalesce(
    (left({{ field.value }}, 1) in ('[', '{') and json_valid({{ field.value }}))
    or {{ field.value }} in ('true', 'false')
    or regexp_matches({{ field.value }}, '^[\p{Z}\p{C}]|[\p{Z}\p{C}]$'),
    false
)
{%- endif -%}
{%- endmacro %}
