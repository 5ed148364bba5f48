{# Statement that keeps which rows of which files are in the table. #}
{% macro keep_files(name) %}
    {% set content = '_record_hash'
        if model.name.startswith('base_gladly__') else 'hash(rows_)' %}
    create or replace temp table {{ name }} as
    select _extract_file, count(*) as row_count, sum({{ content }}) as content
    from {{ this }} as rows_
    group by _extract_file
{% endmacro %}
