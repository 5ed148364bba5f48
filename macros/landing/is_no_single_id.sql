{# Whether a field of a JSON record holds a list or an object where an id should
   stand: as text it would be an id of its own. Quotation marks inside a text
   are escaped there, so a text about ids is none. #}
{% macro is_no_single_id(field) -%}
{%- if field.data_type == 'json' -%}
coalesce(regexp_matches(
    cast({{ field.value }} as varchar),
    '"({{ field.ids | join('|') }})"\s*:\s*[\[{]'
), false)
{%- else -%}
coalesce(
    left({{ field.value }}, 1) in ('[', '{')
    and json_valid({{ field.value }}),
    false
)
{%- endif -%}
{%- endmacro %}
