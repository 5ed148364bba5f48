{% macro default__unknown_field_names(column) -%}
list_sort(list_distinct(list_transform(
    json_keys({{ column }}),
    lambda field: case
        when regexp_full_match(field, '[A-Za-z][A-Za-z0-9]*([ _-][A-Za-z0-9]+)*')
            and length(field) <= 60
            then field
        else '(not the name of a field)'
    end
)))
{%- endmacro %}
