{# Keeps what the reader could not read, beside the records it could, and
   numbers those by their position among all records. #}
{% macro land_rejected_lines() %}
    {% if has_rejected_lines() %}
    create or replace temporary table rejected_lines as
    {{ rejected_lines() }};

    update {{ this }}
    set _record_number = read_lines.number + (
        select count(*)
        from rejected_lines
        where
            rejected_lines.extract_file = read_lines._extract_file
            and rejected_lines.record_number - rejected_lines.rejects_so_far
            < read_lines.number
    )
    from (
        select
            _extract_file,
            rowid as row_id,
            row_number() over (
                partition by _extract_file order by rowid
            ) as number
        from {{ this }}
        where
            _record_number is null
            and _extract_file in (select extract_file from rejected_lines)
    ) as read_lines
    where {{ this }}.rowid = read_lines.row_id;

    insert into {{ this }} by name
    select
        extract_file as _extract_file,
        captured_at as _captured_at,
        record_number as _record_number,
        hash(raw_record) as _record_hash,
        case error_type
            when 'TOO MANY COLUMNS' then 'more fields than the header has'
            when 'MISSING COLUMNS' then 'fewer fields than the header has'
            when 'UNQUOTED VALUE' then 'quotation mark not closed'
            when 'INVALID ENCODING' then 'not valid UTF-8'
            when 'LINE SIZE OVER MAXIMUM' then 'longer than 16 MB'
            else error_message
        end as _rejection_reason,
        raw_record as _raw_record
    from rejected_lines;
    {% endif %}
{% endmacro %}
