{# Fields nobody declared, named but without their values. #}
{% macro erased_fields(column) -%}
cast(to_json(map(
    json_keys({{ column }}),
    list_transform(json_keys({{ column }}), lambda field: cast(null as varchar))
)) as json)
{%- endmacro %}
