{# A table is built from its SQL and the tables it reads. While none of them has
   changed since, a build leaves it as it is. Where some of their rows have, and
   the model says what column parts its table, those parts are made anew; else
   all of it. What it was built from is written down in the transaction that
   builds it, and in which keys its rows are others than before.

   Stands before the materialization of dbt-duckdb, which makes a table beside
   the other and renames both: readers see one or the other either way, and this
   takes half the statements. #}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {% set standing = load_cached_relation(this) %}
    {% if is_unchanged(standing) %}
        {{ return(leave_unchanged()) }}
    {% endif %}
    {% set relation = this.incorporate(type='table') %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}
    {% set steps = steps_of_inputs(standing) %}
    {% set readers = readers() %}
    {% set columns = keys_read(readers) %}
    {% set is_in_parts = steps and has_few_touched_parts(steps) %}
    {% set is_compared = is_in_parts or (steps and readers) %}
    {% call statement('main') %}
        {% if is_in_parts %}
        {{ rebuild_parts(columns) }}
        {% elif is_compared %}
        {% set before = this.incorporate(
            path={'identifier': this.identifier ~ '__before'}
        ) %}
        alter table {{ this }} rename to {{ before.identifier }};
        {{ create_table_as(false, relation, compiled_code) }};
        {{ compare_rows(before, this, columns) }};
        drop table {{ before }};
        {% else %}
        {% if standing is not none %}
        drop {{ standing.type }} {{ standing }};
        {% endif %}
        {{ create_table_as(false, relation, compiled_code) }};
        {% endif %}
        {% if is_compared %}
        {{ record_version(is_compared=true, is_in_parts=is_in_parts) }};
        {{ record_touched_keys(columns) }}
        {% else %}
        {{ record_version() }};
        {% endif %}
    {% endcall %}
    {% do persist_docs(relation, model) if not is_in_parts %}
    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
