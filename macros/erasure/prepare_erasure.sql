{# Runs before every build: makes the table of blocks, which models that run
   side by side write to. #}
{% macro prepare_erasure() %}
    {% if is_building() %}
        {% do run_query(
            'create schema if not exists ' ~ remembered_blocks().without_identifier()
        ) %}
        {% do run_query(
            'create table if not exists ' ~ remembered_blocks()
            ~ ' (block_id bigint, is_due boolean)'
        ) %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
