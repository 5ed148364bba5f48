with

schedules as (

    select * from {{ ref('stg_gladly__business_hours') }}
    where timezone is not null

),

blocks as (

    select * from {{ ref('stg_gladly__business_hours_blocks') }}

),

activity_days as (

    select * from {{ ref('int_activity_days_aggregated') }}

),

-- A schedule can have its midnight at another time than the reports.
days as (

    select
        {{ days_between(
            'first_date - interval 2 days', 'last_date + interval 2 days'
        ) }} as office_date
    from activity_days

),

schedule_days as (

    select
        schedules.business_hours_id,
        schedules.timezone,
        days.office_date,
        cast(
            {{ seconds_between(
                "date_trunc('week', cast(days.office_date as timestamp))",
                'cast(days.office_date as timestamp)',
            ) }} / 86400 as integer
        ) + 1 as iso_weekday
    from schedules
    cross join days

),

-- Blocks of an exception hold on each of its days.
dated as (

    select
        schedule_days.business_hours_id,
        schedule_days.timezone,
        schedule_days.office_date,
        blocks.block_type,
        blocks.start_minute,
        blocks.stop_minute,
        blocks.starts_at as not_before,
        blocks.ends_at as not_after
    from schedule_days
    inner join blocks
        on
            schedule_days.business_hours_id = blocks.business_hours_id
            and schedule_days.iso_weekday = blocks.iso_weekday

    union all

    select
        blocks.business_hours_id,
        schedules.timezone,
        {{ days_between(
            'cast('
            ~ utc_to_local('blocks.starts_at', 'schedules.timezone')
            ~ ' as date)',
            'cast('
            ~ utc_to_local('blocks.ends_at', 'schedules.timezone')
            ~ ' as date)',
        ) }} as office_date,
        blocks.block_type,
        blocks.start_minute,
        blocks.stop_minute,
        blocks.starts_at as not_before,
        blocks.ends_at as not_after
    from blocks
    inner join schedules
        on blocks.business_hours_id = schedules.business_hours_id
    where blocks.block_type = 'exceptional'

),

placed as (

    select
        business_hours_id,
        block_type,
        not_before,
        not_after,
        {{ local_to_utc(
            'cast(office_date as timestamp) + start_minute * interval 1 minute',
            'timezone',
        ) }} as starts_at,
        {{ local_to_utc(
            'cast(office_date as timestamp) + stop_minute * interval 1 minute',
            'timezone',
        ) }} as stops_at
    from dated

),

-- Each day is there, open or not.
unioned as (

    select
        business_hours_id,
        block_type,
        greatest(starts_at, not_before) as starts_at,
        least(stops_at, not_after) as ends_at
    from placed
    where greatest(starts_at, not_before) < least(stops_at, not_after)

    union all

    select
        business_hours_id,
        block_type,
        starts_at,
        ends_at
    from blocks
    where block_type = 'exception'

    union all

    select
        business_hours_id,
        'midnight' as block_type,
        {{ start_of_day('office_date', 'timezone') }} as starts_at,
        {{ start_of_day('office_date', 'timezone') }} as ends_at
    from schedule_days

)

select * from unioned
