{# Lands report extracts. Reports change their header over time, so the files
   are read in groups of one header each. #}
{% macro land_csv(definition, fields, files) %}
{% set shapes = csv_shapes(definition, fields, files) %}
{% for shape in shapes.readable %}
{% if loop.first %}with {% endif %}
records_{{ loop.index }} as (

    {% if shape.is_odd %}
    select * from {{ read_odd_csv(shape) }}
    {% else %}
    select
        *,
        cast(file_index as bigint) as _file_index,
        cast(null as bigint) as _number,
        cast(null as varchar) as _text,
        cast(null as varchar) as _reason
    from {{ read_csv_shape(shape) }}
    {% endif %}

),

{% for field in fields %}
{% do field.update({'value': csv_value(field, shape)}) %}
{% endfor %}
checked_{{ loop.index }} as (

    select
        *,
        {{ file_value('extract_file', shape.files, '_file_index') }}
            as _extract_file,
        {{ file_value('captured_at', shape.files, '_file_index') }}
            as _captured_at,
        coalesce(_reason, {{ rejection_reason(fields) }})
            as _rejection_reason
    from records_{{ loop.index }} as records

),

landed_{{ loop.index }} as (

    select
        {% for field in fields %}
        {{ field.value }} as {{ adapter.quote(field.column) }},
        {% endfor %}
        {% if shape.unknown %}
        cast(nullif(json_merge_patch('{}', json_object(
            {% for column in shape.unknown %}
            {{ sql_literal(column.label) }}, records.{{ column.cell }}{{ ',' if not loop.last }}
            {% endfor %}
        )), '{}') as json) as _unknown_fields,
        {% else %}
        cast(null as json) as _unknown_fields,
        {% endif %}
        records._extract_file,
        records._captured_at,
        records._number as _record_number,
        hash(
            case
                when records._reason is not null then records._text
                else cast(to_json({{ csv_record(shape) }}) as varchar)
            end
        ) as _record_hash,
        records._rejection_reason,
        case
            when records._reason is not null then records._text
            when records._rejection_reason is not null
                then cast(to_json({{ csv_record(shape) }}) as varchar)
        end as _raw_record
    from checked_{{ loop.index }} as records

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
