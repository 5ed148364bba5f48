{% macro default__land_extract(extract) %}
{# DuckDB gathers chunks of few rows behind a join and stores them last, which
   would number the records of a file of many megabytes in another order. #}
{{ config(
    pre_hook=[
        "{{ remove_vanished_files('" ~ extract ~ "') }}",
        "set enable_caching_operators = false"
    ],
    post_hook=[
        "reset enable_caching_operators",
        "{{ land_rejected_lines() }}",
        {'sql': "{{ number_records() }}", 'transaction': false},
        {'sql': "{{ keep_raw_json() }}", 'transaction': false}
    ]
) }}
-- depends_on: {{ ref('base_gladly__extract_files') }}
{# The source is named for the lineage; its files are read by path. #}
{% set relation = source('gladly', extract) %}
{% set definition = extract_sources().get(extract) %}
{% if definition %}
    {% set fields = landed_fields(definition) %}
    {% set files = files_to_land(extract) if is_building() else [] %}
    {% if not files %}
        {{ land_nothing(fields, definition.meta.format == 'csv') }}
    {% elif definition.meta.format == 'csv' %}
        {{ land_csv(definition, fields, files) }}
    {% else %}
        {{ land_json(definition, fields, files) }}
    {% endif %}
{% else %}
    select 1 as _record_number
{% endif %}
{% endmacro %}
