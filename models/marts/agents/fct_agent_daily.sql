with

status_days as (

    select * from {{ ref('int_agent_status_days_split') }}

),

work as (

    select * from {{ ref('int_agent_work_summed') }}

),

outcomes as (

    select * from {{ ref('int_agent_outcomes_counted') }}

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

told_days as (

    select
        agent_id,
        activity_date
    from time_by_day

    union

    select
        agent_id,
        activity_date
    from work

    union

    select
        agent_id,
        activity_date
    from outcomes

),

agent_days as (

    select told_days.*
    from told_days
    cross join reporting_moments
    -- assert_every_work_session_has_a_day shows those without any time.
    where told_days.activity_date <= reporting_moments.as_of_date

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
        coalesce(work.work_session_count, 0) as work_session_count,
        coalesce(work.contact_count, 0) as contact_count,
        coalesce(work.handle_seconds, 0) as handle_seconds,
        coalesce(work.after_contact_seconds, 0) as after_contact_seconds,
        coalesce(work.unknown_seconds, 0) as unknown_seconds,

        -- outcomes
        coalesce(outcomes.message_sent_count, 0) as message_sent_count,
        coalesce(outcomes.closed_conversation_count, 0)
            as closed_conversation_count
    from agent_days
    left join time_by_day
        on
            agent_days.agent_id = time_by_day.agent_id
            and agent_days.activity_date = time_by_day.activity_date
    left join work
        on
            agent_days.agent_id = work.agent_id
            and agent_days.activity_date = work.activity_date
    left join outcomes
        on
            agent_days.agent_id = outcomes.agent_id
            and agent_days.activity_date = outcomes.activity_date

),

rated as (

    select
        *,
        (handle_seconds + after_contact_seconds) / nullif(active_seconds, 0)
            as occupancy_rate
    from joined

)

select * from rated
