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
        answer_usage_report.answer_id,
        answer_usage_report.answer_name,

        -- bucket, on the clock it was counted by: a day cannot be moved to UTC
        try_cast(replace(answer_usage_report.date, 'Z', '') as timestamp)
            as usage_bucket,
        cast(
            try_cast(replace(answer_usage_report.date, 'Z', '') as timestamp)
            as date
        ) as usage_date,
        files.bucket_width,

        -- counts
        {{ to_count('answer_usage_report.number_of_clicks') }}
            as click_count,

        -- capture
        answer_usage_report._captured_at,
        answer_usage_report._extract_file,
        answer_usage_report._record_number
    from answer_usage_report
    left join files on answer_usage_report._extract_file = files._extract_file

),

keyed as (

    select
        {{ hashed_key(['usage_bucket', 'bucket_width', 'answer_id']) }} as answer_usage_key,
        *
    from renamed

),

latest as (

    select * from keyed
    qualify row_number() over (
        partition by answer_usage_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
