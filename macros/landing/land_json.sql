{# Lands JSON extracts: one object a line, or one object a file. #}
{% macro land_json(definition, fields, files) %}
{% set one_object_a_file = definition.meta.format == 'json' %}
with files as (

    {{ file_values(files) }}

),

{% if one_object_a_file %}
lines as (

    select
        list_position(
            [{% for file in files %}{{ sql_literal(file.path) }}{{ ', ' if not loop.last }}{% endfor %}],
            filename
        ) - 1 as file_index,
        coalesce(try(decode(content)), '') as line,
        1 as line_number
    from read_blob(
        [{% for file in files %}{{ sql_literal(file.path) }}{{ ', ' if not loop.last }}{% endfor %}]
    )

),
{% else %}
-- Kept apart because numbering is serial work: what follows runs on every core.
all_lines as materialized (

    select
        file_index,
        line,
        row_number() over () as line_number
    from {{ read_lines(files, store_rejects=true) }}

),

offsets as (

    select
        file_index,
        min(line_number) - 1 as lines_before
    from all_lines
    group by file_index

),

lines as (

    select
        all_lines.file_index,
        all_lines.line,
        all_lines.line_number - offsets.lines_before as line_number
    from all_lines
    inner join offsets on all_lines.file_index = offsets.file_index
    where trim(all_lines.line) != ''

),
{% endif %}

checked as (

    select
        *,
        coalesce(json_type(try_cast(line as json)) = 'OBJECT', false) as is_object
    from lines

),

parsed as (

    select
        file_index,
        line,
        line_number,
        is_object,
        json_transform(
            case when is_object then line end,
            '{
                {%- for field in fields -%}
                "{{ field.name }}": "{{ 'JSON' if field.data_type == 'json' else 'VARCHAR' }}"
                {{- ', ' if not loop.last -}}
                {%- endfor -%}
            }'
        ) as record,
        json_merge_patch(
            case when is_object then line end,
            '{
                {%- for field in fields -%}
                "{{ field.name }}": null{{ ', ' if not loop.last -}}
                {%- endfor -%}
            }'
        ) as unknown_fields
    from checked

),

named as (

    select
        {% for field in fields %}
        {% do field.update({'value': adapter.quote(field.column)}) %}
        record.{{ adapter.quote(field.name) }} as {{ field.value }},
        {% endfor %}
        unknown_fields,
        file_index,
        line,
        line_number,
        is_object
    from parsed

),

landed as (

    select
        {% for field in fields %}
        named.{{ field.value }},
        {% endfor %}
        case
            when named.is_object and named.unknown_fields != '{}'
                then cast(named.unknown_fields as json)
        end as _unknown_fields,
        files.extract_file as _extract_file,
        files.captured_at as _captured_at,
        cast(named.line_number as bigint) as _record_number,
        md5(named.line) as _record_hash,
        case
            when not named.is_object then 'not a JSON object'
            else {{ rejection_reason(fields) }}
        end as _rejection_reason,
        named.line
    from named
    inner join files on named.file_index = files.file_index

)

select
    * exclude (line),
    case when _rejection_reason is not null then line end as _raw_record
from landed
{% endmacro %}
