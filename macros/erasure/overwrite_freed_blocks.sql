{# The database file keeps the bytes of blanked rows in freed blocks until they
   are used again: this uses them up with noise. #}
{% macro overwrite_freed_blocks() %}
    {% do run_query('checkpoint') %}
    {% set freed = run_query(
        'select free_blocks * block_size from pragma_database_size()'
    ).rows[0][0] %}
    {% if freed > 0 %}
        {% set noise %}
            create or replace table {{ target.schema }}.freed_blocks as
            select md5(cast(position as varchar)) as noise
            from range({{ (freed / 8) | int }}) as positions (position)
        {% endset %}
        {% do run_query(noise) %}
        {% do run_query('checkpoint') %}
        {% do run_query('drop table ' ~ target.schema ~ '.freed_blocks') %}
        {% do run_query('checkpoint') %}
    {% endif %}
{% endmacro %}
