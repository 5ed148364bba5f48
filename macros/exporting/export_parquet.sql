{# Runs after every build, behind erasure. A mart that is a view stays in the
   database: it is one so that erasure reaches it. #}
{% macro export_parquet(results) %}
    {% set wanted = var('export_parquet', true) %}
    {% if not is_building() or not wanted %}
        {{ return('') }}
    {% endif %}
    {% set found = run_query(
        "select parse_dirpath(path) || case parse_dirpath(path) when '' then ''"
        ~ " else '/' end || 'parquet' from duckdb_databases()"
        ~ " where database_name = current_database() and path is not null"
    ).rows %}
    {% set made = [] %}
    {% set written = run_query(
        'select file from glob('
        ~ sql_literal(literal_path(found[0][0]) ~ '/**/*.parquet') ~ ')'
    ).columns[0].values() if found else [] %}
    {% set tables = {} %}
    {% for row in run_query(
        'select schema_name, table_name,'
        ~ " string_agg(column_name || ' ' || data_type, ', ' order by column_index),"
        ~ ' min_by(column_name, column_index) filter (where data_type in'
        ~ " ('DATE', 'TIMESTAMP') and table_name like 'fct_%') from duckdb_columns()"
        ~ ' where database_name = current_database() group by all'
    ).rows %}
        {% do tables.update({(row[0], row[1]): row}) %}
    {% endfor %}
    {% for result in results if found and result.status == 'success' %}
        {% set mart = result.node %}
        {% if mart.resource_type == 'model'
            and mart.fqn[:2] == ['gladly', 'marts']
            and mart.fqn[2] != 'restricted'
            and mart.config.materialized != 'view' %}
            {% set table = tables[(mart.schema, mart.alias)] %}
            {% set time = adapter.quote(table[3]) if table[3] %}
            {% set folders = [found[0][0], found[0][0] ~ '/' ~ mart.schema] %}
            {% set path = folders[1] ~ '/' ~ mart.alias %}
            {% set by_month = wanted == 'by_month' and table[3] is not none %}
            {% do folders.append(path) if by_month %}
            {% for folder in folders if folder not in made %}
                {% do make_folder(folder) %}
                {% do made.append(folder) %}
            {% endfor %}
            {% do export_mart(
                mart.relation_name, table[2], time, path, by_month, written
            ) %}
        {% endif %}
    {% endfor %}
    {{ return('') }}
{% endmacro %}
