with

usage as (

    select * from {{ ref('stg_gladly__answer_usage_report') }}

),

widths as (

    select
        usage_date,
        bucket_width,
        max(_captured_at) as last_captured_at
    from usage
    where bucket_width in ('half_hour', 'day')
    group by usage_date, bucket_width

),

-- The half hours of a day and the day itself say the same.
newest_widths as (

    select * from widths
    qualify row_number() over (
        partition by usage_date
        order by last_captured_at desc, bucket_width asc
    ) = 1

),

compared as (

    select
        usage.*,
        case
            when usage.bucket_width not in ('half_hour', 'day')
                then 'set_aside_longer_than_a_day'
            when usage.bucket_width = newest_widths.bucket_width
                then 'in_fact'
            else 'superseded'
        end as outcome
    from usage
    left join newest_widths on usage.usage_date = newest_widths.usage_date

)

select * from compared
