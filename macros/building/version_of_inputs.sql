{# An expression for a hash of all that the model's rows are a function of: its
   SQL, the versions of what it reads, that of DuckDB. A base table is a function
   of its files and of what was erased in it. Null when the version of something
   is not known. #}
{% macro version_of_inputs() %}
    {% set extract = model.name | replace('base_gladly__', '') %}
    {# An incremental model has SQL of its own for what is new. #}
    {% set code = model.raw_code
        if model.config.materialized == 'incremental' else compiled_code %}
    {% set inputs = [] %}
    {% set tables = [] %}
    {% if extract == 'extract_files' %}
        {# Read from the folder, always. #}
        {% do inputs.append(rows_as_text(this)) %}
    {% elif extract != model.name %}
        {% do inputs.append(rows_as_text(
            ref('base_gladly__extract_files'),
            'extract_file, content_hash',
            'set_aside_reason is null and extract_name = ' ~ sql_literal(extract)
        )) %}
        {% do inputs.append('coalesce(' ~ version_of(this ~ ' erased') ~ ", '')") %}
    {% else %}
        {% for parent in model.depends_on.nodes %}
            {% set node = graph.nodes.get(parent, {}) %}
            {% if node.resource_type == 'seed' %}
                {% do inputs.append(rows_as_text(node.relation_name)) %}
            {% elif node.resource_type == 'model' %}
                {% do tables.append(node.relation_name) %}
            {% endif %}
        {% endfor %}
        {% if tables %}
            {% do inputs.append(versions_of(tables)) %}
        {% endif %}
    {% endif %}
    {# What is written to the catalog along with the rows. #}
    {% set described = [
        dbt_version, model.config.materialized, code, model.description
    ] %}
    {% for column in model.columns.values() %}
        {% do described.extend(
            [column.name, column.data_type or '', column.description]
        ) %}
    {% endfor %}
    md5(
        {{ sql_literal(local_md5(described | join('\n'))) }} || version()
        {% for input in inputs %}
        || ' ' || {{ input }}
        {% endfor %}
    )
{% endmacro %}
