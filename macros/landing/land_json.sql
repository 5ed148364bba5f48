{# Lands JSON extracts: one object a line, or one object a file. Files in which
   every line is an object with known fields are read as such, which is fast;
   the others line by line, so that nothing in them is lost. #}
{% macro land_json(definition, fields, files) %}
{% set sound = [] %}
{% if definition.meta.format == 'jsonl' %}
    {% set sound = sound_json_files(fields, files) %}
{% endif %}
{% set unsound = files | reject('in', sound) | list %}
{% if sound %}
select * from ({{ land_json_objects(fields, sound) }})
{% endif %}
{{ 'union all' if sound and unsound }}
{% if unsound %}
select * from ({{ land_json_lines(definition, fields, unsound) }})
{% endif %}
{% endmacro %}


{# Returns the files in which every line is an object that has fields, all of
   them known and none of them twice. #}
{% macro sound_json_files(fields, files) %}
    {% set known = fields | map(attribute='name') | list %}
    {% set field_lists %}
        with field_lists as (
            select
                file_index,
                json_keys(json) as field_names
            from {{ read_json_files('read_json_objects', files) }}
            group by all
        )

        select file_index
        from field_lists
        group by file_index
        having bool_and(coalesce(
            len(field_names) > 0
            and len(list_distinct(field_names)) = len(field_names)
            and list_has_all({{ sql_list(known) }}, field_names),
            false
        ))
        order by file_index
    {% endset %}
    {% set sound = [] %}
    {% for file_index in run_query(field_lists).columns[0].values() %}
        {% do sound.append(files[file_index | int]) %}
    {% endfor %}
    {{ return(sound) }}
{% endmacro %}


{# Lands JSON lines files that are known to be sound. Their numbers and the raw
   text of what is rejected for its values come in hooks: numbering here would
   leave all but one core idle, and a join would have to hold all objects. #}
{% macro land_json_objects(fields, files) %}
with objects as (

    select
        {% for field in fields %}
        {% do field.update({'value': adapter.quote(field.column)}) %}
        {{ json_value(adapter.quote(field.name), field) }} as {{ field.value }},
        {% endfor %}
        file_index as _file_index,
        {{ file_value('extract_file', files, '_file_index') }} as _extract_file,
        {{ file_value('captured_at', files, '_file_index') }} as _captured_at
    from {{ read_json_files('read_json', files, fields) }}

),

checked as (

    select
        *,
        {{ rejection_reason(fields) }} as rejection_reason
    from objects

)

select
    {% for field in fields %}
    {{ field.value }},
    {% endfor %}
    cast(null as json) as _unknown_fields,
    _extract_file,
    _captured_at,
    cast(null as bigint) as _record_number,
    {{ record_hash(fields) }} as _record_hash,
    rejection_reason as _rejection_reason,
    case when rejection_reason is not null then '' end as _raw_record
from checked
{% endmacro %}


{# A reader of files with one JSON object a line; null for what is none. A
   folder called status=raw is no field. #}
{% macro read_json_files(reader, files, fields=none) -%}
{{ reader }}(
    {{ sql_paths(files | map(attribute='path')) }},
    {% if fields is not none %}
    columns = {
        {% for field in fields -%}
        {{ sql_literal(field.name) }}:
        '{{ 'json' if field.data_type == 'json' else 'varchar' }}'
        {{- ', ' if not loop.last }}
        {%- endfor %}
    },
    records = true,
    {% endif %}
    format = 'newline_delimited', ignore_errors = true,
    maximum_object_size = 33554432, hive_partitioning = false
)
{%- endmacro %}


{# The value of a field in a JSON object. A blank text is no value, as a blank
   cell of a report is none: no id is "". #}
{% macro json_value(value, field) -%}
    {%- if field.data_type == 'json' -%}
        {{ value }}
    {%- else -%}
        nullif({{ value }}, '')
    {%- endif -%}
{%- endmacro %}
