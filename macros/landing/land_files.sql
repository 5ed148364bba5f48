{# The files in the extracts folder and what a look at each of them shows, once
   find_folder_problems has found none. A file is looked at again only when its
   bytes have changed. #}
{% macro land_extract_files() %}
{{ adapter.dispatch('land_extract_files', 'gladly')() }}
{% endmacro %}


{# Returns what is kept of each file in the extracts folder, with its type. #}
{% macro extract_file_columns() %}
    {{ return({
        'extract_file': 'string', 'extract_name': 'string',
        'captured_at': 'timestamp', 'byte_count': 'bigint',
        'modified_at': 'string', 'content_hash': hash_type(),
        'record_count': 'bigint', 'newest_record_date': 'date',
        'is_before_its_records': 'boolean', 'damage': 'string',
        'set_aside_reason': 'string',
    }) }}
{% endmacro %}


{# An empty list of files. #}
{% macro list_no_files() %}
select
    {% for column, data_type in extract_file_columns().items() %}
    cast(null as {{ data_type }}) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
where false
{% endmacro %}


{# Returns SQL for the files that earlier builds landed; what a version of the
   project did not keep yet is null. #}
{% macro landed_extract_files() %}
    {% set relation = load_relation(this) %}
    {% set columns = extract_file_columns() %}
    {% set kept = adapter.get_columns_in_relation(relation)
        | map(attribute='name') | list if relation else [] %}
    {% set landed %}
        select
            {% for column, data_type in columns.items() %}
            cast({{ column if column in kept else 'null' }} as {{ data_type }})
                as {{ column }},
            {% endfor %}
        {% if relation %}
        from {{ relation }}
        where extract_name is not null
        {% else %}
        where false
        {% endif %}
    {% endset %}
    {{ return(landed) }}
{% endmacro %}


{# The base tables are a function of the extracts folder: records of files that
   are no longer in it leave, and their bytes are noted for erasure. #}
{% macro remove_vanished_files(extract) %}
    {% if is_building() and not is_incremental() and load_relation(this) %}
        {% do remember_blocks(this, is_due=true) %}
    {% endif %}
    {% if is_incremental() %}
    {% set vanished %}
        _extract_file not in (
            select extract_file
            from {{ ref('base_gladly__extract_files') }}
            where
                extract_name = {{ sql_literal(extract) }}
                and set_aside_reason is null
        )
    {% endset %}
    {% do remember_vanished(vanished) %}
    delete from {{ this }}
    where {{ vanished }}
    {% endif %}
{% endmacro %}


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


{# What is known of the file a row was read from, by its place in the reader's
   list, which DuckDB's readers give as file_index. Not by a join, which may put
   rows in another order than they were read. #}
{% macro file_value(attribute, files, file_index) -%}
    {%- set data_type =
        'timestamp' if attribute == 'captured_at' else 'varchar' -%}
list_extract(
    cast({{ sql_list(files | map(attribute=attribute)) }} as {{ data_type }}[]),
    cast({{ file_index }} as bigint) + 1
)
{%- endmacro %}
