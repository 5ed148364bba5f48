with

dates as (

    select * from {{ ref('dim_dates') }}

),

office_hours as (

    select * from {{ ref('int_office_hours_sequenced') }}
    where is_open

),

-- An open stretch is repeated for each half hour it touches.
open_half_hours as (

    select
        is_default,
        {{ moments_from(
            half_hour_start('starts_at'), 'ends_at', '30 minutes'
        ) }} as half_hour_started_at
    from office_hours

),

openings as (

    select
        half_hour_started_at,
        bool_or(is_default) as is_main_open
    from open_half_hours
    group by half_hour_started_at

),

divided as (

    select
        calendar_date,
        ends_at as day_ends_at,
        iso_weekday,
        weekday_name,
        starts_at as day_starts_at,
        {{ moments_from('starts_at', 'ends_at', '30 minutes') }}
            as half_hour_started_at
    from dates

),

placed as (

    select
        *,
        {{ to_reporting_time('half_hour_started_at') }} as local_started_at
    from divided

),

described as (

    select
        placed.half_hour_started_at,
        least(
            placed.half_hour_started_at + interval 30 minute,
            placed.day_ends_at
        ) as half_hour_ended_at,

        -- on the clock
        placed.local_started_at as clock_time,
        placed.calendar_date as half_hour_date,
        cast(
            {{ seconds_between(
                'placed.day_starts_at', 'placed.half_hour_started_at'
            ) }} / 1800 as integer
        ) + 1 as half_hour_number,
        cast(extract(hour from placed.local_started_at) as integer)
            as local_hour,
        lpad(
            cast(extract(hour from placed.local_started_at) as string), 2, '0'
        ) || ':' || lpad(
            cast(extract(minute from placed.local_started_at) as string),
            2,
            '0'
        ) as local_time,
        placed.iso_weekday,
        placed.weekday_name,

        -- opening hours
        coalesce(openings.is_main_open, false) as is_business_hours,
        openings.half_hour_started_at is not null as is_open_anywhere
    from placed
    left join openings
        on placed.half_hour_started_at = openings.half_hour_started_at

)

select * from described
