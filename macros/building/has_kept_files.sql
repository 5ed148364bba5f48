{# Whether all files that were kept are in the table still, rows as before. #}
{% macro has_kept_files() %}
    {% do run_query(keep_files('files_after')) %}
    {{ return(run_query(
        'select count(*) = 0 from (from files_before except from files_after)'
    ).rows[0][0]) }}
{% endmacro %}
