{# What the reader could not read in this run, one row per record of a file. #}
{% macro rejected_lines() %}
select
    files.extract_file,
    files.captured_at,
    cast(errors.line - scans.skip_rows as bigint) as record_number,
    row_number() over (
        partition by files.extract_file order by errors.line
    ) as rejects_so_far,
    min_by(errors.error_type, errors.column_idx) as error_type,
    min_by(errors.error_message, errors.column_idx) as error_message,
    ltrim(min_by(errors.csv_line, errors.column_idx), chr(10)) as raw_record
from reject_errors as errors
inner join reject_scans as scans
    on errors.scan_id = scans.scan_id and errors.file_id = scans.file_id
inner join {{ ref('base_gladly__extract_files') }} as files
    on scans.file_path = {{ sql_literal(extracts_path()) }} || '/' || files.extract_file
group by files.extract_file, files.captured_at, errors.line, scans.skip_rows
{% endmacro %}
