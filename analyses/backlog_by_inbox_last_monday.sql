with

inbox_days as (

    select * from {{ ref('fct_inbox_daily') }}

),

inboxes as (

    select * from {{ ref('dim_inboxes') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

),

reporting as (

    select * from {{ ref('dim_reporting') }}

),

-- The day of now is not over: its Monday would count the day so far.
last_mondays as (

    select max(dates.calendar_date) as calendar_date
    from dates
    cross join reporting
    where
        dates.iso_weekday = 1
        and dates.calendar_date < reporting.as_of_date

),

backlogs as (

    select
        last_mondays.calendar_date,
        inboxes.inbox_name,
        coalesce(inbox_days.open_count, 0) as open_count
    from inboxes
    cross join last_mondays
    left join inbox_days
        on
            inboxes.inbox_id = inbox_days.inbox_id
            and last_mondays.calendar_date = inbox_days.activity_date

)

select * from backlogs
order by open_count desc, inbox_name asc
