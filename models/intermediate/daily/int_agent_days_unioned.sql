with

status_days as (

    select * from {{ ref('int_agent_status_days_allocated') }}

),

status_events as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

activities as (

    select * from {{ ref('int_agent_activities_aggregated') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

reported_days as (

    select
        agent_id,
        activity_date
    from status_days

    union

    select
        agent_id,
        activity_date
    from activities

),

-- Events are pulled for a day at a time: of a day that has none, of whichever
-- agent, no status is known.
days_of_status_events as (

    select {{ to_reporting_date('occurred_at') }} as activity_date
    from status_events
    group by activity_date

),

unioned as (

    select
        reported_days.agent_id,
        reported_days.activity_date,
        days_of_status_events.activity_date is not null as has_status_events
    from reported_days
    cross join reporting_moments
    left join days_of_status_events
        on reported_days.activity_date = days_of_status_events.activity_date
    -- assert_every_work_session_has_a_day shows those without any time.
    where reported_days.activity_date <= reporting_moments.as_of_date

)

select * from unioned
