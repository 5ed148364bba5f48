with

extract_files as (

    select
        *,
        {{ to_reporting_date('captured_at') }} as captured_date,
        captured_at - interval 24 hours as day_before_at
    from {{ ref('stg_gladly__extract_files') }}

),

followed as (

    select
        *,
        lag(captured_date, 1, captured_date) over (
            partition by extract_name
            order by captured_at, extract_file
        ) as previous_captured_date
    from extract_files

),

file_days as (

    select * from {{ ref('int_file_days_aggregated') }}

),

recorded as (

    select
        extract_name,
        extract_file,
        min(first_moment_at) as first_moment_at,
        min(moment_date) as first_date,
        max(moment_date) as last_date
    from file_days
    group by extract_name, extract_file

),

-- The Events API gives the last 24 hours; a file of more was kept by days. A
-- report is asked for by days, and a file does not say which: surely from its
-- first record on, or without any since the file before it; and surely to the
-- end of the day before its capture.
reached as (

    select
        followed.extract_name,
        followed.extract_file,
        recorded.first_moment_at,
        case
            when
                followed.extract_name = 'events'
                and not coalesce(
                    recorded.first_moment_at < followed.day_before_at,
                    false
                )
                then followed.day_before_at
            when recorded.first_date is not null
                then {{ start_of_day('recorded.first_date') }}
            when followed.record_count = 0
                then
                    {{ start_of_day('followed.previous_captured_date') }}
        end as pulled_from,
        followed.captured_at as pulled_to,
        case
            when
                followed.extract_name = 'events'
                or recorded.last_date >= followed.captured_date
                then followed.captured_at
            else {{ start_of_day('followed.captured_date') }}
        end as surely_to
    from followed
    left join recorded
        on
            followed.extract_name = recorded.extract_name
            and followed.extract_file = recorded.extract_file

),

-- Lists have no moments, nor has an extract without records.
dated as (

    select
        extract_name,
        extract_file,
        first_moment_at,
        least(pulled_from, surely_to) as pulled_from,
        pulled_to,
        surely_to
    from reached
    where pulled_from is not null
    qualify count(first_moment_at) over (partition by extract_name) > 0

)

select * from dated
