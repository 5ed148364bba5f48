{# Runs after every build, behind erasure. A mart that is a view stays in the
   database: it is one so that erasure reaches it. That of a mart that the build left
   as it was stays, too. #}
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
    {% set times = {} %}
    {% for row in run_query(
        'select schema_name, table_name, min_by(column_name, column_index)'
        ~ ' from duckdb_columns() where database_name = current_database()'
        ~ " and table_name like 'fct_%' and data_type in ('DATE', 'TIMESTAMP')"
        ~ ' group by all'
    ).rows %}
        {% do times.update({(row[0], row[1]): adapter.quote(row[2])}) %}
    {% endfor %}
    {% for result in results if found and result.status == 'success' %}
        {% set mart = result.node %}
        {% if mart.resource_type == 'model'
            and mart.fqn[:2] == ['gladly', 'marts']
            and mart.fqn[2] != 'restricted'
            and mart.config.materialized != 'view' %}
            {% set time = times.get((mart.schema, mart.alias)) %}
            {% set folders = [found[0][0], found[0][0] ~ '/' ~ mart.schema] %}
            {% set file = folders[1] ~ '/' ~ mart.alias %}
            {% set has_months = wanted == 'by_month' and time is not none %}
            {% do folders.append(file) if has_months %}
            {% for folder in folders if folder not in made %}
                {% do make_folder(folder) %}
                {% do made.append(folder) %}
            {% endfor %}
            {% if has_months %}
                {% do export_months(mart.relation_name, time, file, written) %}
            {% elif result.message != 'UNCHANGED' or file ~ '.parquet' not in written %}
                {% do write_parquet(
                    mart.relation_name, time, file ~ '.parquet'
                ) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {{ return('') }}
{% endmacro %}
