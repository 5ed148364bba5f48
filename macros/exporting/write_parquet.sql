{# Written beside the file it replaces and renamed, so a file is whole whenever
   the build is stopped. Rows of one time side by side make it smaller, and readers
   of a few days read less. #}
{% macro write_parquet(rows, time, file, content) %}
    {% do run_query(
        'copy (select * from ' ~ rows ~ ' order by '
        ~ (time ~ ', columns(*)' if time else 'all') ~ ') to ' ~ sql_literal(file)
        ~ ' (format parquet, use_tmp_file true, kv_metadata {content: '
        ~ sql_literal(content) ~ '})'
    ) %}
{% endmacro %}
