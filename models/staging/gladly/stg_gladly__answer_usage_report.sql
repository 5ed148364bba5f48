with

answer_usage_report as (

    select * from {{ ref('base_gladly__answer_usage_report') }}
    where _rejection_reason is null

),

files as (

    select * from {{ ref('stg_gladly__answer_usage_files') }}

),

renamed as (

    select
        -- ids
        answer_id,
        answer_name,

        -- bucket, on the clock it was counted by: a day cannot be moved to UTC
        try_cast(replace(date, 'Z', '') as timestamp) as usage_bucket,
        cast(try_cast(replace(date, 'Z', '') as timestamp) as date)
            as usage_date,

        -- counts
        {{ to_count('number_of_clicks') }} as click_count,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from answer_usage_report

),

measured as (

    select
        renamed.*,
        files.bucket_width
    from renamed
    left join files on renamed._extract_file = files._extract_file

),

keyed as (

    select
        {{ hashed_key(['usage_bucket', 'bucket_width', 'answer_id']) }}
            as answer_usage_key,
        *
    from measured

),

latest as (

    select * from keyed
    qualify row_number() over (
        partition by answer_usage_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
