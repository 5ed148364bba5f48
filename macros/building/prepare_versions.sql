{# Runs before every build: makes the tables of versions and of the keys that
   the step to each touched, and keeps the newest version of each table in
   them. #}
{% macro prepare_versions() %}
    {% if is_building() %}
        {% set prepare %}
            begin;
            create schema if not exists {{ table_versions().without_identifier() }};
            create table if not exists {{ table_versions() }} (
                relation_name varchar, version varchar, number bigint
            );
            {# A project of before had no more than those. #}
            {% for column, type in {
                'code': 'varchar',
                'inputs': 'map(varchar, varchar)',
                'built_from': 'varchar',
                'previous': 'varchar',
                'is_in_parts': 'boolean',
            }.items() %}
            alter table {{ table_versions() }}
            add column if not exists {{ column }} {{ type }};
            {% endfor %}
            create table if not exists {{ touched_keys() }} (
                relation_name varchar,
                version varchar,
                column_name varchar,
                value varchar
            );
            delete from {{ table_versions() }} as older
            where older.number < (
                select max(newer.number)
                from {{ table_versions() }} as newer
                where newer.relation_name = older.relation_name
            );
            update {{ table_versions() }} set number = 0;
            delete from {{ touched_keys() }} as touched
            where not exists (
                select 1
                from {{ table_versions() }} as versions
                where
                    versions.relation_name = touched.relation_name
                    and versions.version = touched.version
            );
            commit;
        {% endset %}
        {% do run_query(prepare) %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
