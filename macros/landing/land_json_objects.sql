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
        {{ file_index_of(files) }} as _file_index,
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
