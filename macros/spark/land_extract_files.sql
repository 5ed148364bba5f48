{# The list of files, as DuckDB has landed it; the SQL is only looked at. #}
{% macro spark__land_extract_files() %}
{{ config(materialized='landed') }}
select
    cast(null as string) as extract_file,
    cast(null as string) as extract_name,
    cast(null as timestamp) as captured_at,
    cast(null as bigint) as byte_count,
    cast(null as string) as modified_at,
    cast(null as decimal(20, 0)) as content_hash,
    cast(null as bigint) as record_count,
    cast(null as date) as newest_record_date,
    cast(null as boolean) as is_before_its_records,
    cast(null as string) as damage,
    cast(null as string) as set_aside_reason
where false
{% endmacro %}
