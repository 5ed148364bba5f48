{# Fetches the raw text of records that were rejected for their values from the
   files they were read from in this run. #}
{% macro keep_raw_json() %}
    {% if is_building() %}
        {% set files = [] %}
        {% for row in run_query(
            "select distinct _extract_file from " ~ this ~ " where _raw_record = ''"
        ).rows %}
            {% do files.append({'path': extracts_path() ~ '/' ~ row[0]}) %}
        {% endfor %}
        {% for file in files %}
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
            and {{ sql_literal(file.path) }}
            = {{ sql_literal(extracts_path() ~ '/') }} || _extract_file;
        {% endfor %}
    {% endif %}
{% endmacro %}
