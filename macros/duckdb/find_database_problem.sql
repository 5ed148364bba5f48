{% macro default__find_database_problem() %}
    {% if not is_building() %}
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
            or node.name == 'base_gladly__extract_files')
        and not flags.FULL_REFRESH %}
        {% set built = columns.get((node.schema, node.alias), []) %}
        {% for column in node.columns if built and column not in built %}
            {{ return(
                'The database was built by an older version of this project: '
                ~ node.relation_name ~ ' has no column ' ~ column ~ '. Build it anew'
                ~ ' with dbt build --full-refresh, or delete the database.'
            ) }}
        {% endfor %}
    {% endfor %}
    {% set readers, missing = [], [] %}
    {% for unique_id in selected_resources if unique_id in graph.nodes %}
        {% set node = graph.nodes[unique_id] %}
        {% for parent_id in node.depends_on.nodes
            if node.resource_type == 'model' and parent_id in graph.nodes
            and parent_id not in selected_resources %}
            {% set parent = graph.nodes[parent_id] %}
            {% if (parent.schema, parent.alias) not in columns %}
                {% do readers.append(node.name) %}
                {% do missing.append(parent.name) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {% if missing %}
        {% set reader = readers[0] %}
        {{ return(
            reader ~ ' reads ' ~ missing[0] ~ ', which is not built yet'
            ~ (' (' ~ missing | unique | list | length ~ ' tables are missing in all)'
                if missing | unique | list | length > 1 else '')
            ~ '. Build what it reads, too: dbt build --select +' ~ reader
        ) }}
    {% endif %}
    {{ return('') }}
{% endmacro %}
