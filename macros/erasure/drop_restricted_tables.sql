{# Drops the tables with personal data of a build that asked for them. Their
   models are disabled now, so the comment that dbt gave them says which they are,
   in whatever schema. #}
{% macro drop_restricted_tables() %}
    {% set found = run_query(
        "select schema_name, table_name from duckdb_tables()"
        ~ " where database_name = current_database() and not temporary"
        ~ " and table_name in ('customer_profiles', 'message_contents')"
        ~ " and regexp_matches(comment, 'only\\s+with\\s+the\\s+variable\\s+`include_personal_data`')"
    ).rows %}
    {% for schema, table in found %}
        {% set relation = api.Relation.create(
            database=target.database, schema=schema, identifier=table, type='table'
        ) %}
        {% do remember_blocks(relation, is_due=true) %}
        {% do run_query('drop table ' ~ relation) %}
    {% endfor %}
    {% for schema in found | map('first') | unique %}
        {% set left = run_query(
            'select count(*) from information_schema.tables where table_schema = '
            ~ sql_literal(schema)
        ).rows[0][0] %}
        {% if left == 0 %}
            {% do run_query('drop schema ' ~ adapter.quote(schema)) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
