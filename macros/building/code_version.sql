{# An expression for a hash of what is the model's own in its table: its SQL and
   descriptions, dbt and DuckDB. #}
{% macro code_version() %}
    {# An incremental model has SQL of its own for what is new. #}
    {% set code = model.raw_code
        if model.config.materialized == 'incremental' else compiled_code %}
    {# What is written to the catalog along with the rows. #}
    {% set described = [
        dbt_version, model.config.materialized, tojson(model.config.meta), code,
        model.description
    ] %}
    {% for column in model.columns.values() %}
        {% do described.extend(
            [column.name, column.data_type or '', column.description]
        ) %}
    {% endfor %}
    {{ return(
        'md5(' ~ sql_literal(local_md5(described | join('\n'))) ~ ' || version())'
    ) }}
{% endmacro %}
