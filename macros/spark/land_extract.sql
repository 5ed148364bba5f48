{# DuckDB lands the extracts and erases deleted customers, then writes every
   base table as Parquet, which Spark reads. The SQL is only looked at, never
   run: an empty relation with the columns of the files. #}
{% macro spark__land_extract(extract) -%}
{{ config(materialized='landed') }}
{% set definition = extract_sources().get(extract) %}
-- depends_on: {{ ref('base_gladly__extract_files') }}
-- depends_on: {{ source('gladly', extract) }}
{% if definition %}
    {{ land_nothing(landed_fields(definition), definition.meta.format == 'csv') }}
{% else %}
    select 1 as _record_number
{% endif %}
{%- endmacro %}
