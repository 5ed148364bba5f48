with

intervals as (

    select * from {{ ref('fct_agent_status_intervals') }}

),

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

),

agent_days as (

    select * from {{ ref('fct_agent_daily') }}

),

-- A day that is partly unknown has no sum.
partly_unknown as (

    select distinct agent_id
    from agent_days
    where logged_in_seconds is null

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

measured as (

    select
        intervals.agent_id,
        intervals.status,
        {{ seconds_between(
            'intervals.valid_from',
            'least(coalesce(intervals.valid_to, reporting_moments.as_of), '
            ~ 'reporting_moments.as_of)',
        ) }} as seconds
    from intervals
    cross join reporting_moments
    where intervals.valid_from < reporting_moments.as_of

),

worked as (

    select work_sessions.*
    from work_sessions
    cross join reporting_moments
    where
        {{ to_reporting_date(
            'coalesce(work_sessions.contact_ended_at, '
            ~ 'work_sessions.contact_created_at)',
        ) }} <= reporting_moments.as_of_date

),

reported as (

    select
        agent_id,
        status as measure,
        seconds as amount,
        0 as amount_by_day
    from measured

    union all

    select
        agent_id,
        'work_sessions' as measure,
        1 as amount,
        0 as amount_by_day
    from worked

    union all

    select
        agent_id,
        'work' as measure,
        coalesce(handle_seconds, 0)
        + coalesce(after_contact_seconds, 0)
        + coalesce(unknown_seconds, 0) as amount,
        0 as amount_by_day
    from worked

    union all

    select
        agent_id,
        'active' as measure,
        0 as amount,
        coalesce(active_seconds, 0) as amount_by_day
    from agent_days

    union all

    select
        agent_id,
        'away' as measure,
        0 as amount,
        coalesce(logged_in_seconds - active_seconds, 0) as amount_by_day
    from agent_days

    union all

    select
        agent_id,
        'work_sessions' as measure,
        0 as amount,
        coalesce(work_session_count, 0) as amount_by_day
    from agent_days

    union all

    select
        agent_id,
        'work' as measure,
        0 as amount,
        coalesce(handle_seconds, 0)
        + coalesce(after_contact_seconds, 0)
        + coalesce(unknown_seconds, 0) as amount_by_day
    from agent_days

),

compared as (

    select
        agent_id,
        measure,
        round(sum(amount), 3) as amount,
        round(sum(amount_by_day), 3) as amount_by_day
    from reported
    group by agent_id, measure

),

lost as (

    select compared.*
    from compared
    left join partly_unknown
        on
            compared.agent_id = partly_unknown.agent_id
            and compared.measure in ('active', 'away')
    where
        compared.amount != compared.amount_by_day
        and partly_unknown.agent_id is null

)

select * from lost
