{# Returns SQL for the files that earlier builds landed; what a version of the
   project did not keep yet is null. #}
{% macro landed_extract_files() %}
    {% set relation = load_relation(this) %}
    {% set columns = {
        'extract_file': 'varchar', 'extract_name': 'varchar',
        'captured_at': 'timestamp', 'byte_count': 'bigint',
        'modified_at': 'varchar', 'content_hash': 'ubigint',
        'record_count': 'bigint', 'newest_record_date': 'date',
        'is_before_its_records': 'boolean', 'damage': 'varchar',
        'set_aside_reason': 'varchar',
    } %}
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
