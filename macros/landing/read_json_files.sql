{# A reader of files with one JSON object a line; null for what is none. A
   folder called status=raw is no field. #}
{% macro read_json_files(reader, files, fields=none) -%}
{{ reader }}(
    {{ sql_paths(files | map(attribute='path')) }},
    {% if fields is not none %}
    columns = {
        {% for field in fields -%}
        {{ sql_literal(field.name) }}:
        '{{ 'json' if field.data_type == 'json' else 'varchar' }}'
        {{- ', ' if not loop.last }}
        {%- endfor %}
    },
    records = true,
    {% endif %}
    format = 'newline_delimited', filename = true, ignore_errors = true,
    maximum_object_size = 33554432, hive_partitioning = false
)
{%- endmacro %}
