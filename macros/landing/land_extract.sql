{# Lands the files of one extract that are not in the base table yet: one row
   per raw record, as emitted, whatever its state. The extract's folder, fields,
   key and timestamps are those its source declares. #}
{% macro land_extract(extract) %}
{{ config(
    pre_hook="{{ remove_vanished_files('" ~ extract ~ "') }}",
    post_hook=[
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
        {{ land_nothing(fields) }}
    {% elif definition.meta.format == 'csv' %}
        {{ land_csv(definition, fields, files) }}
    {% else %}
        {{ land_json(definition, fields, files) }}
    {% endif %}
{% else %}
    select 1 as _record_number
{% endif %}
{% endmacro %}
