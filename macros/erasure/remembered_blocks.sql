{# Name of the table with the blocks of the database file that hold, or held,
   personal data that has to leave the file too. It is there while a build runs,
   and after it as long as a block is to be remembered: a build that was stopped
   is finished by the next. #}
{% macro remembered_blocks() %}
    {{ return(api.Relation.create(
        database=target.database,
        schema=target.schema,
        identifier='blocks_to_overwrite',
        type='table'
    )) }}
{% endmacro %}
