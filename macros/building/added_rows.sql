{# Statement that keeps, as differing, the keys of the rows of other files. #}
{% macro added_rows(columns) %}
    create or replace temp table differing as
    select distinct {{ (columns + ['true as is_added']) | join(', ') }}
    from {{ this }}
    where _extract_file not in (select _extract_file from files_before)
{% endmacro %}
