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


{% macro has_rejected_lines() %}
    {% if not is_building() %}
        {{ return(false) }}
    {% endif %}
    {% set reject_tables %}
        select count(*) from duckdb_tables()
        where temporary and table_name = 'reject_errors'
    {% endset %}
    {{ return(run_query(reject_tables).rows[0][0] > 0) }}
{% endmacro %}


{# What the reader could not read in this run, one row per record of a file.
   DuckDB's line numbers count blank lines, and count wrongly where some ends
   are CRLF, so records are counted between one reject and the next. Of a line
   that is too long DuckDB keeps the beginning, its size and no column. #}
{% macro rejected_lines() %}
{% set csv_files %}
    select distinct scans.file_path
    from reject_errors as errors
    inner join reject_scans as scans
        on errors.scan_id = scans.scan_id and errors.file_id = scans.file_id
{% endset %}
{% set paths = run_query(csv_files).rows | map('first') | list %}
with errors as (
    select
        *,
        coalesce(column_idx, 0) as place
    from reject_errors
),

rejects as (
    select
        scans.file_path,
        errors.line_byte_position as position,
        min_by(errors.error_type, errors.place) as error_type,
        min_by(errors.error_message, errors.place) as error_message,
        trim(min_by(errors.csv_line, errors.place), e'\r\n') as raw_record,
        strlen(rtrim(min_by(errors.csv_line, errors.place), e'\r\n')) as byte_count
    from errors
    inner join reject_scans as scans
        on errors.scan_id = scans.scan_id and errors.file_id = scans.file_id
    group by scans.file_path, errors.line_byte_position
),

ordered as (
    select
        *,
        lag(
            position + coalesce(
                try_cast(
                    regexp_extract(error_message, 'Actual Size:([0-9]+)', 1) as bigint
                ),
                byte_count
            ),
            1, 1
        ) over (
            partition by file_path order by position
        ) as gap_starts_at,
        row_number() over (
            partition by file_path order by position
        ) as rejects_so_far
    from rejects
),

contents as (
    {% if paths %}
    select
        filename,
        content
    from read_blob({{ sql_paths(paths) }})
    {% else %}
    select
        null as filename,
        cast(null as blob) as content
    {% endif %}
),

gaps as (
    select
        ordered.* exclude (gap_starts_at, position),
        contents.content[gap_starts_at:position - 1] as content
    from ordered
    left join contents on ordered.file_path = contents.filename
),

counted as (
    select
        * exclude (content),
        len({{ csv_records(
            "case when rejects_so_far = 1 then regexp_replace("
            ~ csv_text() ~ ", '" ~ csv_start() ~ "', '') else "
            ~ csv_text() ~ " end"
        ) }}) as records_between
    from gaps
)

select
    files.extract_file,
    files.captured_at,
    cast(
        rejects_so_far + sum(counted.records_between) over (
            partition by files.extract_file order by counted.rejects_so_far
        ) as bigint
    ) as record_number,
    counted.rejects_so_far,
    counted.error_type,
    counted.error_message,
    counted.raw_record
from counted
inner join {{ ref('base_gladly__extract_files') }} as files
    on
        {{ 'extract_unpacked_from(counted.file_path)' if can_unpack()
            else 'counted.file_path' }}
        = {{ sql_literal(extracts_path()) }} || '/' || files.extract_file
{% endmacro %}


{# Numbers the records that were landed without: those of one file are stored in
   the order they were read, and nearly always one after the other. After the
   commit, because an update of rows that are not committed writes all of them a
   second time. A build that was stopped in between is mended by the next. #}
{% macro number_records() %}
    {% if is_building() %}
    update {{ this }}
    set _record_number = {{ this }}.rowid - firsts.first_rowid + 1
    from (
        select
            _extract_file,
            min(rowid) as first_rowid
        from {{ this }}
        where _record_number is null
        group by _extract_file
        having max(rowid) - min(rowid) + 1 = count(*)
    ) as firsts
    where
        {{ this }}._record_number is null
        and {{ this }}._extract_file = firsts._extract_file;

    update {{ this }}
    set _record_number = apart.number
    from (
        select
            rowid as row_id,
            row_number() over (
                partition by _extract_file order by rowid
            ) as number
        from {{ this }}
        where _record_number is null
    ) as apart
    where {{ this }}.rowid = apart.row_id
    {% endif %}
{% endmacro %}


{# Fetches the raw text of records that were rejected for their values from the
   files they were read from in this run. #}
{% macro keep_raw_json() %}
    {% if is_building() %}
        {% set extract_files, paths = [], [] %}
        {% for row in run_query(
            "select distinct _extract_file from " ~ this ~ " where _raw_record = ''"
        ).rows %}
            {% do extract_files.append(row[0]) %}
            {% do paths.append(extracts_path() ~ '/' ~ row[0]) %}
        {% endfor %}
        {% for file in readable_files(paths) %}
        update {{ this }}
        set _raw_record = cast(objects.json as varchar)
        from (
            select
                json,
                row_number() over () as record_number
            from {{ read_json_files('read_json_objects', [file]) }}
        ) as objects
        where
            _raw_record = ''
            and _record_number = objects.record_number
            and _extract_file = {{ sql_literal(extract_files[loop.index0]) }};
        {% endfor %}
    {% endif %}
{% endmacro %}


{# A hash of a record's fields, equal for records that say the same. #}
{% macro record_hash(fields) -%}
hash(
    {%- for field in fields -%}
    {{ field.value }}{{ ', ' if not loop.last }}
    {%- endfor -%}
)
{%- endmacro %}
