{# The same for a table that builds add to: the rows of files that were not
   there before are what differs. #}
{% materialization incremental, adapter='duckdb', supported_languages=['sql'] %}
    {% set standing = load_cached_relation(this) %}
    {% if is_unchanged(standing) %}
        {{ return(leave_unchanged()) }}
    {% endif %}
    {% set columns = keys_read(readers()) %}
    {% set steps = steps_of_inputs(standing) %}
    {% if steps %}
        {% set before = run_query(
            'select version from (' ~ newest_versions() ~ ') where relation_name = '
            ~ sql_literal(this)
        ).rows[0][0] %}
        {% do run_query(keep_files('files_before')) %}
    {% endif %}
    {% do run_query(forget_version()) %}
    {% set built = dbt.materialization_incremental_duckdb() %}
    {% if steps and steps.get(this ~ ' erased', 'same') == 'same'
        and has_kept_files() %}
        {% do run_query(added_rows(columns)) %}
        {% do run_query(record_version(is_compared=true, before=before)) %}
        {% if columns %}
            {% do run_query(record_touched_keys(columns)) %}
        {% endif %}
    {% else %}
        {% do run_query(record_version()) %}
    {% endif %}
    {{ return(built) }}
{% endmaterialization %}
