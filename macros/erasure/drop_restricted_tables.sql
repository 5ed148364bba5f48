{# Drops the tables with personal data of an earlier build that asked for them,
   and their schema when nothing else is in it. #}
{% macro drop_restricted_tables() %}
    {% for relation in restricted_tables() %}
        {% do remember_blocks(relation, is_due=true) %}
        {% do run_query('drop table ' ~ relation) %}
        {% set left = run_query(
            'select count(*) from information_schema.tables where table_schema = '
            ~ sql_literal(relation.schema)
        ).rows[0][0] %}
        {% if left == 0 %}
            {% do run_query('drop schema ' ~ relation.without_identifier()) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
