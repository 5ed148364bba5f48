{# Writes down that a table is not what it was built from any more. #}
{% macro forget_version() %}
    insert into {{ table_versions() }} by name
    select
        {{ sql_literal(this) }} as relation_name,
        (select count(*) from {{ table_versions() }}) as number
{% endmacro %}
