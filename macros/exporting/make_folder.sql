{# DuckDB makes folders only for partitions: these have no rows. #}
{% macro make_folder(path) %}
    {% do run_query(
        'copy (select 1 as part, 1 as rest where false) to '
        ~ sql_literal(path)
        ~ ' (format parquet, partition_by (part), overwrite_or_ignore)'
    ) %}
{% endmacro %}
