{% macro spark__json_list_or_text(column) -%}
case
    when json_array_length({{ column }}) is not null then {{ column }}
    when {{ column }} is not null then to_json(array({{ column }}))
end
{%- endmacro %}
