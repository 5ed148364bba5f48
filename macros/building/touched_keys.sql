{# Name of the table that says in which keys the rows of a table differ from
   those of the version before. #}
{% macro touched_keys() %}
    {{ return(
        table_versions().incorporate(path={'identifier': 'touched_keys'})
    ) }}
{% endmacro %}
