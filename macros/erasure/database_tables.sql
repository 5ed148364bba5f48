{# Returns the relations of all tables in the database file, whoever made
   them. #}
{% macro database_tables() %}
    {% set relations = [] %}
    {% for schema, table in run_query(
        "select schema_name, table_name from duckdb_tables()"
        ~ " where database_name = current_database() and not temporary"
        ~ " order by all"
    ).rows %}
        {% do relations.append(api.Relation.create(
            database=target.database, schema=schema, identifier=table, type='table'
        )) %}
    {% endfor %}
    {{ return(relations) }}
{% endmacro %}
