with

agent_status_events as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

translated as (

    select
        *,
        case event_type
            when 'agent_status_logged_in' then 'active'
            when 'agent_status_returned_from_away' then 'active'
            when 'agent_status_went_away' then 'away'
            when 'agent_status_logged_out' then 'logged_out'
        end as new_status
    from agent_status_events

),

counted as (

    select
        *,
        count(new_status) over (
            partition by agent_id
            order by event_number
            rows between unbounded preceding and current row
        ) as status_number
    from translated

),

-- Another active reason leaves the status as it is; as the first thing known
-- of an agent it proves that they are active.
standing as (

    select
        *,
        coalesce(
            max(new_status) over (partition by agent_id, status_number),
            'active'
        ) as status
    from counted

),

reported as (

    select
        agent_id,
        event_number,
        occurred_at,
        status,
        case status
            when 'active' then active_reason
            when 'away' then away_reason
        end as reason,
        case
            when event_type = 'agent_status_returned_from_away'
                then away_reason
        end as reason_of_absence
    from standing
    -- No agent is active for anything while away or logged out.
    where new_status is not null or status = 'active'

)

select * from reported
