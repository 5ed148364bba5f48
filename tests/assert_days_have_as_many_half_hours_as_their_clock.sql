with

half_hours as (

    select * from {{ ref('dim_half_hours') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

),

counted as (

    select
        half_hour_date,
        count(*) as half_hour_count,
        max(half_hour_number) as last_number
    from half_hours
    group by half_hour_date

),

different as (

    select
        dates.calendar_date,
        dates.length_hours,
        counted.half_hour_count
    from dates
    left join counted on dates.calendar_date = counted.half_hour_date
    where
        coalesce(counted.half_hour_count, 0) != ceil(dates.length_hours * 2)
        or counted.half_hour_count != counted.last_number

)

select * from different
