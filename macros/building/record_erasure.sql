{# Writes down that records of a base table will be emptied now, so that it and
   what reads it are built again. #}
{% macro record_erasure(base_table) %}
    {% set erased = base_table ~ ' erased' %}
    {% do run_query(
        'insert into ' ~ table_versions() ~ ' select ' ~ sql_literal(erased)
        ~ ', md5(coalesce(' ~ version_of(erased) ~ ", '')), (select count(*) from "
        ~ table_versions() ~ ')'
    ) %}
{% endmacro %}
