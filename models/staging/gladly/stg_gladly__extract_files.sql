with

extract_files as (

    select * from {{ ref('base_gladly__extract_files') }}

),

conversation_timestamps as (

    select
        _extract_file,
        min(_missing_fields) as missing_fields
    from {{ ref('base_gladly__conversation_timestamps_report') }}
    group by _extract_file

),

recognised as (

    select
        extract_files.extract_file,
        extract_files.extract_name,
        extract_files.captured_at,
        extract_files.record_count,
        conversation_timestamps.missing_fields
    from extract_files
    left join conversation_timestamps
        on extract_files.extract_file = conversation_timestamps._extract_file
    where
        extract_files.extract_name is not null
        and extract_files.set_aside_reason is null

)

select * from recognised
