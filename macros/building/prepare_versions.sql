{# Runs before every build: makes the table of versions, and keeps the newest
   row of each table in it. #}
{% macro prepare_versions() %}
    {% if is_building() %}
        {% set prepare %}
            begin;
            create schema if not exists {{ table_versions().without_identifier() }};
            create table if not exists {{ table_versions() }} (
                relation_name varchar, version varchar, number bigint
            );
            delete from {{ table_versions() }} as older
            where older.number < (
                select max(newer.number)
                from {{ table_versions() }} as newer
                where newer.relation_name = older.relation_name
            );
            update {{ table_versions() }} set number = 0;
            commit;
        {% endset %}
        {% do run_query(prepare) %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
