{# A view costs nothing to build; what reads it asks for its version, and for
   the keys that its inputs touched. #}
{% materialization view, adapter='duckdb' %}
    {% set steps = steps_of_inputs(load_cached_relation(this)) %}
    {% set built = dbt.materialization_view_default() %}
    {% if not steps or (steps.values() | reject('equalto', 'same') | list) %}
        {% set columns = keys_read(readers()) %}
        {% set touched = touched_parts(steps)
            if steps and columns == [model.config.meta.get('rebuilt_by')] else none %}
        {% if touched is none %}
            {% do run_query(record_version()) %}
        {% else %}
            {% do run_query(
                'create or replace temp table differing as select value as '
                ~ columns[0] ~ ' from (' ~ touched ~ ')'
            ) %}
            {% do run_query(record_version(is_compared=true)) %}
            {% do run_query(record_touched_keys(columns)) %}
        {% endif %}
    {% endif %}
    {{ return(built) }}
{% endmaterialization %}
