{# Writes down that a table is not what it was built from any more. #}
{% macro forget_version() %}
    insert into {{ table_versions() }}
    select
        {{ sql_literal(this | string) }} as relation_name,
        cast(null as varchar) as version,
        (select count(*) from {{ table_versions() }}) as number
{% endmacro %}
