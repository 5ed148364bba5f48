with

answer_usage_report as (

    select * from {{ ref('base_gladly__answer_usage_report') }}
    where _rejection_reason is null

),

clock_changes as (

    select * from {{ ref('stg_gladly__clock_changes') }}
    where is_repeated

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
        {{ to_count('answer_usage_report.number_of_clicks') }} as click_count,

        -- capture
        answer_usage_report.timezone_filter,
        answer_usage_report._captured_at,
        answer_usage_report._extract_file,
        answer_usage_report._record_number
    from answer_usage_report
    left join files on answer_usage_report._extract_file = files._extract_file

),

-- Where the clock goes back a bucket comes twice, and both count.
numbered as (

    select
        renamed.answer_id,
        renamed.answer_name,
        renamed.usage_bucket,
        renamed.usage_date,
        renamed.bucket_width,
        case
            when clock_changes.timezone is null then 1
            else row_number() over (
                partition by
                    renamed._extract_file,
                    renamed.usage_bucket,
                    renamed.answer_id
                order by renamed._record_number
            )
        end as bucket_occurrence,
        renamed.click_count,
        renamed._captured_at,
        renamed._extract_file,
        renamed._record_number
    from renamed
    left join clock_changes
        on
            renamed.timezone_filter = clock_changes.timezone
            and renamed.usage_date = clock_changes.local_date
            and renamed.usage_bucket >= clock_changes.local_from
            and renamed.usage_bucket < clock_changes.local_to

),

keyed as (

    select
        {{ hashed_key([
            'usage_bucket', 'bucket_width', 'bucket_occurrence', 'answer_id',
        ]) }} as answer_usage_key,
        *
    from numbered

),

latest as (

    select * from keyed
    qualify row_number() over (
        partition by answer_usage_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
