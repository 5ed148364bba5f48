{# A table is built from its SQL and the tables it reads. While none of them has
   changed since, a build leaves it as it is; what it was built from is written down
   in the transaction that builds it.

   These stand before the materializations of dbt-duckdb. Tables are made in place
   instead of beside and renamed: in DuckDB readers see one or the other either way,
   and half the statements do. #}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {% set standing = load_cached_relation(this) %}
    {% if is_unchanged(standing) %}
        {{ return(leave_unchanged()) }}
    {% endif %}
    {% set relation = this.incorporate(type='table') %}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}
    {% do drop_relation_if_exists(standing) %}
    {% call statement('main') %}
        {{ create_table_as(false, relation, compiled_code) }};
        {{ record_version() }};
    {% endcall %}
    {% do persist_docs(relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization incremental, adapter='duckdb', supported_languages=['sql'] %}
    {% if is_unchanged(load_cached_relation(this)) %}
        {{ return(leave_unchanged()) }}
    {% endif %}
    {% do run_query(forget_version()) %}
    {% set built = dbt.materialization_incremental_duckdb() %}
    {% do run_query(record_version()) %}
    {{ return(built) }}
{% endmaterialization %}

{# A view costs nothing to build; what reads it asks for its version. #}
{% materialization view, adapter='duckdb' %}
    {% set built = dbt.materialization_view_default() %}
    {% do run_query(record_version()) %}
    {{ return(built) }}
{% endmaterialization %}
