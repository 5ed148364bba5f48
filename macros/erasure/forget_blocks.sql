{# Drops the table of blocks once nothing is in it. #}
{% macro forget_blocks() %}
    {% set remembered = run_query(
        'select count(*) from ' ~ remembered_blocks()
    ).rows[0][0] %}
    {% if remembered == 0 %}
        {% do run_query('drop table ' ~ remembered_blocks()) %}
    {% endif %}
{% endmacro %}
