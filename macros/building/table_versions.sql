{# Name of the table that says what each table was built from: a row for each
   time, the newest has the highest number. #}
{% macro table_versions() %}
    {{ return(api.Relation.create(
        database=target.database,
        schema=target.schema,
        identifier='table_versions',
        type='table'
    )) }}
{% endmacro %}
