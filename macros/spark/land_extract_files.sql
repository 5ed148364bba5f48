{# The list of files, as DuckDB has landed it; the SQL is only looked at. #}
{% macro spark__land_extract_files() %}
{{ config(materialized='landed') }}
{{ list_no_files() }}
{% endmacro %}
