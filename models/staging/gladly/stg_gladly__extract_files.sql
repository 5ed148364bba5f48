with

extract_files as (

    select * from {{ ref('base_gladly__extract_files') }}

),

recognised as (

    select
        extract_file,
        extract_name,
        captured_at,
        record_count
    from extract_files
    where extract_name is not null and set_aside_reason is null

)

select * from recognised
