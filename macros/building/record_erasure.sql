{# Writes down that records of a base table will be emptied now, so that it and
   what reads it are built again. #}
{% macro record_erasure(base_table) %}
    {% set erased = sql_literal(base_table ~ ' erased') %}
    {% set record %}
        insert into {{ table_versions() }} by name
        select
            {{ erased }} as relation_name,
            (select count(*) from {{ table_versions() }}) as number,
            md5(coalesce((
                select version from ({{ newest_versions() }})
                where relation_name = {{ erased }}
            ), '')) as version
    {% endset %}
    {% do run_query(record) %}
{% endmacro %}
