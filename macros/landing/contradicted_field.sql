{# The first declared field that stands twice in a line of JSON with different
   values: readers differ in which of them they take. #}
{% macro contradicted_field(fields, line) -%}
case
    when len(json_keys({{ line }})) > len(list_distinct(json_keys({{ line }})))
        then list_filter(
            {{ sql_list(fields | map(attribute='name')) }},
            lambda field: len(list_distinct(list_transform(
                list_filter(
                    list_zip(
                        json_keys({{ line }}),
                        json_extract({{ line }}, '$.*')
                    ),
                    lambda pair: pair[1] = field
                ),
                lambda pair: cast(pair[2] as varchar)
            ))) > 1
        )[1]
end
{%- endmacro %}
