{# Makes DuckDB write parts of a table anew, elsewhere in the file. It writes a
   column of a group of rows anew when a value in it has changed: one does, and
   changes back, in one transaction. Rows that were deleted are moved along, so a
   base table that has lost some is made anew as a whole. #}
{% macro move_table_parts(relation, parts, is_base) %}
    {% set counted = run_query(
        'select count(*) - (select sum(end_row - first_row) from (select distinct'
        ~ ' first_row, end_row from (' ~ table_segments(relation) ~ '))) from ' ~ relation
    ).rows[0][0] if is_base else 0 %}
    {% if counted != 0 %}
        {% do run_query(
            'create or replace table ' ~ relation ~ ' as select * from ' ~ relation
        ) %}
        {{ return('') }}
    {% endif %}
    {% set types = {} %}
    {% for row in run_query(
        'select column_name, data_type from duckdb_columns()'
        ~ ' where database_name = current_database() and schema_name = '
        ~ sql_literal(relation.schema) ~ ' and table_name = '
        ~ sql_literal(relation.identifier)
    ).rows %}
        {% do types.update({row[0]: row[1]}) %}
    {% endfor %}
    {% for part in parts %}
        {% set move %}
            begin;
            create or replace temporary table moved_row as
            select rowid as row_number, * from {{ relation }}
            where rowid = (
                select min(rowid) from {{ relation }}
                where rowid >= {{ part.first_row }} and rowid < {{ part.end_row }}
            );
            update {{ relation }}
            set
                {% for column in part.columns %}
                {{ adapter.quote(column) }}
                = {{ another_value(adapter.quote(column), types[column]) }}
                {{- ',' if not loop.last }}
                {% endfor %}
            where rowid = (select row_number from moved_row);
            update {{ relation }} as moved
            set
                {% for column in part.columns %}
                {{ adapter.quote(column) }} = moved_row.{{ adapter.quote(column) }}
                {{- ',' if not loop.last }}
                {% endfor %}
            from moved_row
            where moved.rowid = moved_row.row_number;
            drop table moved_row;
            commit;
        {% endset %}
        {% do run_query(move) %}
    {% endfor %}
{% endmacro %}
