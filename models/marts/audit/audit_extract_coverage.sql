with

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}

),

typed as (

    select
        extract_name,
        cast(file_count as bigint) as file_count,
        cast(record_count as bigint) as record_count,
        first_captured_at,
        last_captured_at,
        days_without_capture_count,
        covered_from,
        covered_to,
        days_without_record_count
    from coverage

)

select * from typed
