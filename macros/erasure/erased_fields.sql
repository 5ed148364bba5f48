{# Fields that are not declared, named but without their values. What does not
   look like the name of a field, such as an address, is not named either. #}
{% macro erased_fields(column) -%}
case
    when json_type({{ column }}) = 'OBJECT' then try(cast(to_json(map_from_entries(
        list_transform(
            {{ unknown_field_names(column) }},
            lambda field: {'key': field, 'value': cast(null as varchar)}
        )
    )) as json))
end
{%- endmacro %}
