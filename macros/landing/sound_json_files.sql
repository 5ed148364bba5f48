{# Returns the files in which every line is an object that has fields, all of
   them known and none of them twice. #}
{% macro sound_json_files(fields, files) %}
    {% set known = fields | map(attribute='name') | list %}
    {% set field_lists %}
        with field_lists as (
            select
                filename,
                json_keys(json) as field_names
            from {{ read_json_files('read_json_objects', files) }}
            group by all
        )

        select {{ file_index_of(files) }} as file_index
        from field_lists
        group by filename
        having bool_and(coalesce(
            len(field_names) > 0
            and len(list_distinct(field_names)) = len(field_names)
            and list_has_all({{ sql_list(known) }}, field_names),
            false
        ))
        order by file_index
    {% endset %}
    {% set sound = [] %}
    {% for file_index in run_query(field_lists).columns[0].values() %}
        {% do sound.append(files[file_index | int]) %}
    {% endfor %}
    {{ return(sound) }}
{% endmacro %}
