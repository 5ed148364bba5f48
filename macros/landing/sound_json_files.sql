{# Returns the files in which every line is an object that has fields, all of
   them known. #}
{% macro sound_json_files(fields, files) %}
    {% set known = fields | map(attribute='name') | list %}
    {% set paths = sql_list(files | map(attribute='path')) %}
    {% set field_lists %}
        with field_lists as (
            select
                filename,
                json_keys(json) as field_names
            from {{ read_json_files('read_json_objects', files) }}
            group by all
        )

        select
            list_position({{ paths }}, filename) as file_number
        from field_lists
        group by filename
        having bool_and(coalesce(
            len(field_names) > 0
            and list_has_all({{ sql_list(known) }}, field_names),
            false
        ))
        order by file_number
    {% endset %}
    {% set sound = [] %}
    {% for file_number in run_query(field_lists).columns[0].values() %}
        {% do sound.append(files[file_number | int - 1]) %}
    {% endfor %}
    {{ return(sound) }}
{% endmacro %}
