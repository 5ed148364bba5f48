{# Returns the tables that have parts in remembered blocks, each with its parts:
   bounds and columns of each group of rows. #}
{% macro tables_in_remembered_blocks() %}
    {% set tables = run_query(
        "select schema_name, table_name from duckdb_tables()"
        ~ " where database_name = current_database() and not temporary"
        ~ " order by all"
    ).rows %}
    {% set found = [] %}
    {% for schema, table in tables %}
        {% set relation = api.Relation.create(
            database=target.database, schema=schema, identifier=table, type='table'
        ) %}
        {% set look %}
            select
                segments.first_row,
                segments.end_row,
                string_agg(distinct segments.column_name, chr(31)) as columns
            from ({{ table_segments(relation) }}) as segments
            where segments.block_id in (select block_id from {{ remembered_blocks() }})
            group by segments.first_row, segments.end_row
            order by segments.first_row
        {% endset %}
        {% set parts = [] %}
        {% for row in run_query(look).rows %}
            {% do parts.append({
                'first_row': row[0] | int,
                'end_row': row[1] | int,
                'columns': row[2].split('\x1f'),
            }) %}
        {% endfor %}
        {% if parts %}
            {% do found.append({'relation': relation, 'parts': parts}) %}
        {% endif %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}
