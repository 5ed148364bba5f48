{# Writes down what the model's table is built from. #}
{% macro record_version() %}
    insert into {{ table_versions() }}
    select
        {{ sql_literal(this | string) }} as relation_name,
        {{ version_of_inputs() }} as version,
        (select count(*) from {{ table_versions() }}) as number
{% endmacro %}
