{# The same for a table that builds add to. #}
{% materialization incremental, adapter='duckdb', supported_languages=['sql'] %}
    {% if is_unchanged(load_cached_relation(this)) %}
        {{ return(leave_unchanged()) }}
    {% endif %}
    {% do run_query(forget_version()) %}
    {% set built = dbt.materialization_incremental_duckdb() %}
    {% do run_query(record_version()) %}
    {{ return(built) }}
{% endmaterialization %}
