{# A table is built from its SQL and the tables it reads. While none of them has
   changed since, a build leaves it as it is; what it was built from is written
   down in the transaction that builds it.

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
    {% call statement('main') %}
        {% if standing is not none %}
        drop {{ standing.type }} {{ standing }};
        {% endif %}
        {{ create_table_as(false, relation, compiled_code) }};
        {{ record_version() }};
    {% endcall %}
    {% do persist_docs(relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
