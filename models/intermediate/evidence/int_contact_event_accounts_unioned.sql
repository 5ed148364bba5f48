with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

-- The acting agent is never restated (R20), while a merge renames customers and
-- the report may restate an assignment (R33).
reported as (

    select
        'events' as source_extract,
        event_id as account_key,
        contact_id,
        event_type,
        cast(date_trunc('millisecond', occurred_at) as timestamp)
            as occurred_at,
        case when initiator_type = 'agent' then initiator_id end
            as initiator_agent_id,
        true as is_initiator_reported,
        context_inbox_id as assigned_inbox_id,
        context_agent_id as assigned_agent_id,
        _extract_file
    from events
    where contact_id is not null and event_type like 'contact_%'

    union all

    select
        'contact_timestamps' as source_extract,
        contact_event_key as account_key,
        contact_id,
        event_type,
        cast(date_trunc('millisecond', occurred_at) as timestamp)
            as occurred_at,
        case when initiator_type = 'agent' then initiator_id end
            as initiator_agent_id,
        is_initiator_reported,
        assigned_inbox_id,
        assigned_agent_id,
        _extract_file
    from contact_timestamps
    where event_type like 'contact_%'

),

{{ refine_minutes(
    'reported', ['contact_id', 'event_type', 'initiator_agent_id']
) }},

accounts as (

    select
        source_extract,
        account_key,
        contact_id,
        event_type,
        refined_at as occurred_at,
        initiator_agent_id,
        is_initiator_reported,
        assigned_inbox_id,
        assigned_agent_id
    from refined

)

select * from accounts
