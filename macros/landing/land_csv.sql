{# Lands report extracts. Reports change their header over time, so the files
   are read in groups of one header each. #}
{% macro land_csv(definition, fields, files) %}
{% set shapes = csv_shapes(definition, fields, files) %}
{% for shape in shapes.readable %}
{% if loop.first %}with {% endif %}
files_{{ loop.index }} as (

    {{ file_values(shape.files) }}

),

records_{{ loop.index }} as (

    {% if shape.is_mixed %}
    select * from {{ read_mixed_csv(shape) }}
    {% else %}
    select
        *,
        file_index as _file_index,
        row_number() over () as _number,
        cast(null as varchar) as _text,
        cast(null as varchar) as _reason
    from {{ read_csv_shape(shape) }}
    {% endif %}

),

landed_{{ loop.index }} as (

    select
        {% for field in fields %}
        {% do field.update({'value': csv_value(field, shape)}) %}
        {{ field.value }} as {{ adapter.quote(field.column) }},
        {% endfor %}
        {% if shape.unknown %}
        cast(nullif(json_merge_patch('{}', json_object(
            {% for column in shape.unknown %}
            {{ sql_literal(column) }}, records.{{ adapter.quote(column) }}{{ ',' if not loop.last }}
            {% endfor %}
        )), '{}') as json) as _unknown_fields,
        {% else %}
        cast(null as json) as _unknown_fields,
        {% endif %}
        files.extract_file as _extract_file,
        files.captured_at as _captured_at,
        cast(
            row_number() over (
                partition by records._file_index order by records._number
            ) as bigint
        ) as _record_number,
        hash(
            case
                when records._reason is not null then records._text
                else cast(to_json({{ csv_record(shape) }}) as varchar)
            end
        ) as _record_hash,
        coalesce(records._reason, {{ rejection_reason(fields) }}) as _rejection_reason,
        case
            when records._reason is not null then records._text
            when {{ rejection_reason(fields) }} is not null
                then cast(to_json({{ csv_record(shape) }}) as varchar)
        end as _raw_record
    from records_{{ loop.index }} as records
    inner join files_{{ loop.index }} as files on records._file_index = files.file_index

){{ ',' if not loop.last }}
{% endfor %}

{% for shape in shapes.readable %}
select * from landed_{{ loop.index }}
{{ 'union all' if not loop.last or shapes.unreadable }}
{% endfor %}
{% for file in shapes.unreadable %}
select
    {% for field in fields %}
    cast(null as varchar) as {{ adapter.quote(field.column) }},
    {% endfor %}
    cast(null as json) as _unknown_fields,
    {{ sql_literal(file.extract_file) }} as _extract_file,
    cast({{ sql_literal(file.captured_at) }} as timestamp) as _captured_at,
    cast(1 as bigint) as _record_number,
    hash(first_line) as _record_hash,
    {{ sql_literal(file.reason) }} as _rejection_reason,
    first_line as _raw_record
from ({{ csv_first_line(file) }})
{{ 'union all' if not loop.last }}
{% endfor %}
{% if not shapes.readable and not shapes.unreadable %}
{{ land_nothing(fields) }}
{% endif %}
{% endmacro %}
