{# Runs before every build: stops it when tables that builds add to lack a
   column that they have today, as those of an older version of this project
   do. #}
{% macro check_database_version() %}
    {% if not is_building() or flags.FULL_REFRESH %}
        {{ return('') }}
    {% endif %}
    {% set columns = {} %}
    {% for row in run_query(
        'select schema_name, table_name, column_name from duckdb_columns()'
        ~ ' where database_name = current_database() and not internal'
    ).rows %}
        {% do columns.setdefault((row[0], row[1]), []).append(row[2]) %}
    {% endfor %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.package_name == 'gladly'
        and (node.config.materialized == 'incremental'
            or node.name == 'base_gladly__extract_files') %}
        {% set built = columns.get((node.schema, node.alias), []) %}
        {% for column in node.columns if built and column not in built %}
            {{ exceptions.raise_compiler_error(
                'The database was built by an older version of this project: '
                ~ node.relation_name ~ ' has no column ' ~ column ~ '. Build it anew'
                ~ ' with dbt build --full-refresh, or delete the database.'
            ) }}
        {% endfor %}
    {% endfor %}
    {{ return('') }}
{% endmacro %}
