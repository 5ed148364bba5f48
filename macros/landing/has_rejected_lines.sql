{% macro has_rejected_lines() %}
    {% if not is_building() %}
        {{ return(false) }}
    {% endif %}
    {% set reject_tables %}
        select count(*) from duckdb_tables()
        where temporary and table_name = 'reject_errors'
    {% endset %}
    {{ return(run_query(reject_tables).rows[0][0] > 0) }}
{% endmacro %}
