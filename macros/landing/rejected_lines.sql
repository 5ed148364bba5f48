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
