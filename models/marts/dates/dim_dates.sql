with

activity_days as (

    select * from {{ ref('int_activity_days_aggregated') }}

),

listed as (

    select {{ days_between('first_date', 'last_date') }} as calendar_date
    from activity_days

),

placed as (

    select
        calendar_date,
        -- Weeks start on Monday in all engines, days of the week do not.
        cast(date_trunc('week', calendar_date) as date) as week_start_date,
        cast(date_trunc('month', calendar_date) as date) as month_start_date,
        cast(date_trunc('quarter', calendar_date) as date)
            as quarter_start_date,
        {{ start_of_day('calendar_date') }} as starts_at,
        {{ start_of_day('calendar_date + interval 1 day') }} as ends_at
    from listed

),

measured as (

    select
        *,
        cast(
            {{ seconds_between(
                'cast(week_start_date as timestamp)',
                'cast(calendar_date as timestamp)',
            ) }} / 86400 as integer
        ) + 1 as iso_weekday
    from placed

),

described as (

    select
        calendar_date,

        -- calendar
        cast(extract(year from calendar_date) as integer) as calendar_year,
        cast(extract(quarter from calendar_date) as integer) as quarter_number,
        quarter_start_date,
        cast(extract(month from calendar_date) as integer) as month_number,
        month_start_date,

        -- week; its Thursday decides the year it belongs to
        cast(extract(year from week_start_date + interval 3 day) as integer)
            as iso_year,
        cast(extract(week from calendar_date) as integer) as iso_week,
        week_start_date,
        iso_weekday,
        case iso_weekday
            when 1 then 'monday'
            when 2 then 'tuesday'
            when 3 then 'wednesday'
            when 4 then 'thursday'
            when 5 then 'friday'
            when 6 then 'saturday'
            else 'sunday'
        end as weekday_name,
        iso_weekday >= 6 as is_weekend,

        -- clock
        starts_at,
        ends_at,
        {{ seconds_between('starts_at', 'ends_at') }} / 3600 as length_hours
    from measured

)

select * from described
