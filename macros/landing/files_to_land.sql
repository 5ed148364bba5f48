{# Returns the files of an extract that the base table does not hold yet. #}
{% macro files_to_land(extract) %}
    {% set new_files %}
        select extract_file, captured_at
        from {{ ref('base_gladly__extract_files') }}
        where
            extract_name = {{ sql_literal(extract) }}
            and set_aside_reason is null
            {% if is_incremental() %}
            and extract_file not in (select _extract_file from {{ this }})
            {% endif %}
        order by extract_file
    {% endset %}
    {% set files, paths = [], [] %}
    {% for row in run_query(new_files).rows %}
        {% do files.append({'extract_file': row[0], 'captured_at': row[1]}) %}
        {% do paths.append(extracts_path() ~ '/' ~ row[0]) %}
    {% endfor %}
    {% for readable in readable_files(paths) %}
        {% do files[loop.index0].update({'path': readable.path}) %}
    {% endfor %}
    {{ return(files) }}
{% endmacro %}
