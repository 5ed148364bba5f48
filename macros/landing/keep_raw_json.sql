{# Fetches the raw text of records that were rejected for their values from the
   files they were read from in this run. #}
{% macro keep_raw_json() %}
    {% if is_building() %}
        {% set extract_files, paths = [], [] %}
        {% for row in run_query(
            "select distinct _extract_file from " ~ this ~ " where _raw_record = ''"
        ).rows %}
            {% do extract_files.append(row[0]) %}
            {% do paths.append(extracts_path() ~ '/' ~ row[0]) %}
        {% endfor %}
        {% for file in readable_files(paths) %}
        update {{ this }}
        set _raw_record = cast(objects.json as varchar)
        from (
            select
                json,
                row_number() over () as record_number
            from {{ read_json_files('read_json_objects', [file]) }}
        ) as objects
        where
            _raw_record = ''
            and _record_number = objects.record_number
            and _extract_file = {{ sql_literal(extract_files[loop.index0]) }};
        {% endfor %}
    {% endif %}
{% endmacro %}
