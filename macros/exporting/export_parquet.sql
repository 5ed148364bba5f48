{# Runs after every build, behind erasure. A mart that is a view stays in the
   database: it is one so that erasure reaches it. A file is written beside the
   one it replaces and renamed, so it is whole whenever the build is stopped. That of a
   mart that the build left as it was stays, too. #}
{% macro export_parquet(results) %}
    {% if not is_building() or not var('export_parquet', true) %}
        {{ return('') }}
    {% endif %}
    {% set found = run_query(
        "select parse_dirpath(path) || case parse_dirpath(path) when '' then ''"
        ~ " else '/' end || 'parquet' from duckdb_databases()"
        ~ " where database_name = current_database() and path is not null"
    ).rows %}
    {% set made = [] %}
    {% set written = run_query(
        'select file from glob(' ~ sql_literal(found[0][0] ~ '/*/*.parquet') ~ ')'
    ).columns[0].values() if found else [] %}
    {% for result in results if found and result.status == 'success' %}
        {% set mart = result.node %}
        {% if mart.resource_type == 'model'
            and mart.fqn[:2] == ['gladly', 'marts']
            and mart.fqn[2] != 'restricted'
            and mart.config.materialized != 'view' %}
            {% set folders = [found[0][0], found[0][0] ~ '/' ~ mart.schema] %}
            {% for folder in folders if folder not in made %}
                {% do make_folder(folder) %}
                {% do made.append(folder) %}
            {% endfor %}
            {% set file = folders[1] ~ '/' ~ mart.alias ~ '.parquet' %}
            {% if result.message != 'UNCHANGED' or file not in written %}
                {% do run_query(
                    'copy (select * from ' ~ mart.relation_name ~ ' order by all) to '
                    ~ sql_literal(file) ~ ' (format parquet, use_tmp_file true)'
                ) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {{ return('') }}
{% endmacro %}
