{# Stands before the one of dbt-spark, for Parquet has no constraints: a mart
   that lacks a value which its contract promises fails here, once it is
   made. #}
{% macro spark__persist_constraints(relation, model) %}
    {% set promised = [] %}
    {% for column in model.columns.values() if model.contract.enforced %}
        {% if 'not_null' in column.constraints | map(attribute='type') | list %}
            {% do promised.append(column.name) %}
        {% endif %}
    {% endfor %}
    {% if promised %}
        {% set lacking = run_query(
            'select count(*) from ' ~ relation ~ ' where '
            ~ promised | join(' is null or ') ~ ' is null'
        ).rows[0][0] %}
        {% if lacking > 0 %}
            {{ exceptions.raise_database_error(
                relation ~ ' has ' ~ lacking ~ ' rows without a value that its'
                ~ ' contract promises, in one of ' ~ promised | join(', ')
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}
