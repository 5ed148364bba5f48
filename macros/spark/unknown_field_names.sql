{% macro spark__unknown_field_names(column) -%}
array_sort(array_distinct(transform(
    json_object_keys({{ column }}),
    field -> case
        when {{ is_like_pattern(
            'field', '[A-Za-z][A-Za-z0-9]*([ _-][A-Za-z0-9]+)*'
        ) }}
            and length(field) <= 60
            then field
        else '(not the name of a field)'
    end
)))
{%- endmacro %}
