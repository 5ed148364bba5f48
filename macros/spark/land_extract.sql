{# DuckDB lands the extracts and erases deleted customers, then writes every
   base table as Parquet, which Spark reads. The SQL is only looked at, never
   run: an empty relation with the columns of the files. #}
{% macro spark__land_extract(extract) -%}
{{ config(materialized='landed') }}
{% set definition = extract_sources().get(extract) %}
-- depends_on: {{ ref('base_gladly__extract_files') }}
-- depends_on: {{ source('gladly', extract) }}
{% if definition %}
    select
        {% for field in landed_fields(definition) %}
        cast(null as string) as {{ adapter.quote(field.column) }},
        {% endfor %}
        cast(null as string) as _unknown_fields,
        cast(null as string) as _extract_file,
        cast(null as timestamp) as _captured_at,
        cast(null as bigint) as _record_number,
        cast(null as decimal(20, 0)) as _record_hash,
        cast(null as string) as _rejection_reason,
        cast(null as string) as _raw_record
    where false
{% else %}
    select 1 as _record_number
{% endif %}
{%- endmacro %}
