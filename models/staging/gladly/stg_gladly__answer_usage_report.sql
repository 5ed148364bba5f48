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
        answer_id,
        {{ utf_8_text('answer_name') }} as answer_name,

        -- bucket, on the clock it was counted by: a day cannot be moved to UTC
        {{ try_timestamp("replace(date, 'Z', '')") }} as usage_bucket,
        cast({{ try_timestamp("replace(date, 'Z', '')") }} as date)
            as usage_date,

        -- counts
        {{ to_count('number_of_clicks') }} as click_count,

        -- capture
        timezone_filter,
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

-- Where the clock goes back a bucket comes twice, and both count.
numbered as (

    select
        measured.answer_id,
        measured.answer_name,
        measured.usage_bucket,
        measured.usage_date,
        measured.bucket_width,
        case
            when clock_changes.timezone is null then 1
            else row_number() over (
                partition by
                    measured._extract_file,
                    measured.usage_bucket,
                    measured.answer_id
                order by measured._record_number
            )
        end as bucket_occurrence,
        measured.click_count,
        measured._captured_at,
        measured._extract_file,
        measured._record_number
    from measured
    left join clock_changes
        on
            measured.timezone_filter = clock_changes.timezone
            and measured.usage_date = clock_changes.local_date
            and measured.usage_bucket >= clock_changes.local_from
            and measured.usage_bucket < clock_changes.local_to

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
