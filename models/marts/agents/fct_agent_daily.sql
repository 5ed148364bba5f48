with

status_days as (

    select * from {{ ref('int_agent_status_days_split') }}

),

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_determined') }}

),

time_by_day as (

    select
        agent_id,
        activity_date,
        sum(seconds) as logged_in_seconds,
        sum(seconds) filter (where status = 'active') as active_seconds,
        sum(seconds) filter (where status = 'away') as away_seconds
    from status_days
    group by agent_id, activity_date

),

dated_work_sessions as (

    select
        *,
        {{ to_reporting_date(
            'coalesce(contact_ended_at, contact_created_at)'
        ) }} as activity_date
    from work_sessions

),

work_by_day as (

    select
        agent_id,
        activity_date,
        count(*) as work_session_count,
        count(distinct contact_id) as contact_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from dated_work_sessions
    group by agent_id, activity_date

),

agent_days as (

    select
        agent_id,
        activity_date
    from time_by_day

    union

    select
        work_by_day.agent_id,
        work_by_day.activity_date
    from work_by_day
    cross join reporting_moments
    -- assert_every_work_session_has_a_day shows those without any time.
    where work_by_day.activity_date <= reporting_moments.as_of_date

),

joined as (

    select
        {{ hashed_key([
            'agent_days.agent_id', 'agent_days.activity_date',
        ]) }} as agent_daily_key,
        agent_days.agent_id,
        agent_days.activity_date,

        -- time
        round(coalesce(time_by_day.logged_in_seconds, 0), 3)
            as logged_in_seconds,
        round(coalesce(time_by_day.active_seconds, 0), 3) as active_seconds,
        round(coalesce(time_by_day.away_seconds, 0), 3) as away_seconds,

        -- work
        coalesce(work_by_day.work_session_count, 0) as work_session_count,
        coalesce(work_by_day.contact_count, 0) as contact_count,
        round(coalesce(work_by_day.handle_seconds, 0), 3) as handle_seconds,
        round(coalesce(work_by_day.after_contact_seconds, 0), 3)
            as after_contact_seconds,
        round(coalesce(work_by_day.unknown_seconds, 0), 3) as unknown_seconds
    from agent_days
    left join time_by_day
        on
            agent_days.agent_id = time_by_day.agent_id
            and agent_days.activity_date = time_by_day.activity_date
    left join work_by_day
        on
            agent_days.agent_id = work_by_day.agent_id
            and agent_days.activity_date = work_by_day.activity_date

),

rated as (

    select
        *,
        (handle_seconds + after_contact_seconds) / nullif(active_seconds, 0)
            as occupancy_rate
    from joined

)

select * from rated
