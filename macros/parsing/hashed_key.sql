{# A key of ours: md5 of the columns, blanks distinguished from text. #}
{% macro hashed_key(columns) -%}
md5(
    {%- for column in columns %}
    coalesce(cast({{ column }} as string), '<null>')
    {%- if not loop.last %} || chr(31) || {% endif %}
    {%- endfor %}
)
{%- endmacro %}
