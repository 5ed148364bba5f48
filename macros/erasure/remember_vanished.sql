{# Records of files that are no longer there leave their bytes behind. #}
{% macro remember_vanished(vanished) %}
    {% if run_query(
        'select count(*) from (select 1 from ' ~ this ~ ' where ' ~ vanished
        ~ ' limit 1)'
    ).rows[0][0] > 0 %}
        {% do remember_blocks(this, is_due=true) %}
    {% endif %}
{% endmacro %}
