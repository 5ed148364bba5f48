{# Drops the table of blocks, or only when nothing is in it. #}
{% macro forget_blocks(only_when_empty=false) %}
    {% set remembered = run_query(
        'select count(*) from ' ~ remembered_blocks()
    ).rows[0][0] if only_when_empty else 0 %}
    {% if remembered == 0 %}
        {% do run_query('drop table if exists ' ~ remembered_blocks()) %}
    {% endif %}
{% endmacro %}
