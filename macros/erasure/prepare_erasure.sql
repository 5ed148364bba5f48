{# Runs before every build: makes the table of blocks, which models that run
   side by side write to, and notes those of tables with personal data, which this
   build may free. They keep their bytes until somebody is erased. #}
{% macro prepare_erasure() %}
    {% if is_building() %}
        {% do run_query(
            'create schema if not exists ' ~ remembered_blocks().without_identifier()
        ) %}
        {% do run_query(
            'create table if not exists ' ~ remembered_blocks()
            ~ ' (block_id bigint, is_due boolean)'
        ) %}
        {% for relation in restricted_tables() %}
            {% do remember_blocks(relation, is_due=false) %}
        {% endfor %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
