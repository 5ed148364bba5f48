with

agent_timestamps as (

    select * from {{ ref('stg_gladly__agent_timestamps_report') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

reported as (

    -- A blank time of occurrence is malformed, but the change was recorded.
    select
        agent_id,
        event_type,
        coalesce(occurred_at, recorded_at) as occurred_at,
        recorded_at,
        away_reason,
        active_reason,
        'report' as source_extract,
        _extract_file
    from agent_timestamps
    where event_type like 'agent_status_%'

    union all

    select
        agent_id,
        event_type,
        coalesce(agent_occurred_at, occurred_at) as occurred_at,
        occurred_at as recorded_at,
        away_reason,
        active_reason,
        'events' as source_extract,
        _extract_file
    from events
    where event_type like 'agent_status_%' and agent_id is not null

    union all

    -- A return says since when the agent was away, even when no extract holds
    -- the departure.
    select
        agent_id,
        'agent_status_went_away' as event_type,
        went_away_at as occurred_at,
        occurred_at as recorded_at,
        -- What is chosen on return is kept apart from what was given before.
        cast(null as string) as away_reason,
        cast(null as string) as active_reason,
        'returns' as source_extract,
        _extract_file
    from events
    where
        event_type = 'agent_status_returned_from_away'
        and agent_id is not null
        and went_away_at <= coalesce(agent_occurred_at, occurred_at)

),

{{ refine_minutes('reported', ['agent_id', 'event_type']) }},

timed as (

    select
        agent_id,
        event_type,
        refined_at as occurred_at,
        recorded_at,
        away_reason,
        active_reason,
        source_extract
    from refined

),

-- What one source cuts to seconds is the change that the other has finer.
{{ precise_moments(
    'timed', ['occurred_at'], ['agent_id', 'event_type'], 'source_extract'
) }},

-- The report prints reasons under their current name (R33), so it is believed,
-- and the API about when a change was recorded, to the millisecond.
observed as (

    select
        agent_id,
        event_type,
        coalesce(finest_occurred_at, occurred_at) as occurred_at,
        coalesce(
            min(recorded_at) filter (where source_extract = 'events'),
            min(recorded_at) filter (where source_extract = 'report'),
            min(recorded_at)
        ) as recorded_at,
        coalesce(
            max(away_reason) filter (where source_extract = 'report'),
            max(away_reason)
        ) as away_reason,
        coalesce(
            max(active_reason) filter (where source_extract = 'report'),
            max(active_reason)
        ) as active_reason
    from precise
    group by all

)

select * from observed
