{% macro default__json_list_or_text(column) -%}
case
    when not json_valid({{ column }}) then json_array({{ column }})
    when json_type({{ column }}) = 'ARRAY' then cast({{ column }} as json)
    when {{ column }} is not null then json_array({{ column }})
end
{%- endmacro %}
