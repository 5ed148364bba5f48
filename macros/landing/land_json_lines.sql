{# Lands JSON files line by line, or whole where a file is one object, keeping
   what is no object and fields that are not known. #}
{% macro land_json_lines(definition, fields, files) %}
{% set one_object_a_file = definition.meta.format == 'json' %}
with

{% if one_object_a_file %}
lines as (

    select
        file_index,
        coalesce(try(decode(content)), '') as line,
        try(decode(content)) is not null as is_text,
        1 as line_number
    from read_blob(
        {{ sql_paths(files | map(attribute='path')) }}
    )

),
{% else %}
-- Split while it is bytes, with all but plain characters escaped, so that one
-- line that is not UTF-8 costs no other.
all_lines as (

    select
        file_index,
        unnest(string_split(cast(content as varchar), '\x0A')) as bytes,
        generate_subscripts(
            string_split(cast(content as varchar), '\x0A'), 1
        ) as place
    from read_blob(
        {{ sql_paths(files | map(attribute='path')) }}
    )

),

decoded as (

    select
        *,
        ltrim(
            rtrim(try(decode(cast(bytes as blob))), chr(13)), chr(65279)
        ) as text
    from all_lines

),

lines as (

    select
        file_index,
        coalesce(text, replace(bytes, '\x22', '"')) as line,
        text is not null as is_text,
        row_number() over (
            partition by file_index order by place
        ) as line_number
    from decoded
    where text is null or trim(text, e' \t\r\f') != ''

),
{% endif %}

checked as (

    select
        *,
        coalesce(
            is_text and json_type(try_cast(line as json)) = 'OBJECT', false
        ) as is_object
    from lines

),

parsed as (

    select
        file_index,
        line,
        line_number,
        is_text,
        is_object,
        json_transform(
            case when is_object then line end,
            '{
                {%- for field in fields -%}
                "{{ field.name }}":
                "{{ 'JSON' if field.data_type == 'json' else 'VARCHAR' }}"
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
        ) as unknown_fields,
        {{ contradicted_field(fields, 'case when is_object then line end') }}
            as contradicted_field
    from checked

),

named as (

    select
        {% for field in fields %}
        {% do field.update({'value': adapter.quote(field.column)}) %}
        {{ json_value('record.' ~ adapter.quote(field.name), field) }}
            as {{ field.value }},
        {% endfor %}
        unknown_fields,
        contradicted_field,
        file_index,
        line,
        line_number,
        is_text,
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
        {{ file_value('extract_file', files, 'named.file_index') }}
            as _extract_file,
        {{ file_value('captured_at', files, 'named.file_index') }}
            as _captured_at,
        cast(named.line_number as bigint) as _record_number,
        {{ record_hash(fields) }} as _record_hash,
        case
            when not named.is_text then 'not valid UTF-8'
            when not named.is_object then 'not a JSON object'
            when named.contradicted_field is not null
                then 'two values of ' || named.contradicted_field
            else {{ rejection_reason(fields) }}
        end as _rejection_reason,
        named.line
    from named

)

select
    * exclude (line),
    case when _rejection_reason is not null then line end as _raw_record
from landed
{% endmacro %}
