with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

),

snapshots as (

    select
        'conversation_export_report' as told_by,
        reported_conversation_id,
        conversation_status,
        created_at,
        created_inbox_id,
        created_agent_id,
        created_by_type,
        created_by_agent_id,
        first_closed_at,
        last_closed_at,
        last_closed_inbox_id,
        last_closed_agent_id,
        last_closed_by_type,
        coalesce(last_closed_by_agent_id, last_closed_by_rule_id)
            as last_closed_by_id,
        _captured_at,
        _extract_file,
        _record_number
    from conversation_export

    union all

    select
        'conversations' as told_by,
        reported_conversation_id,
        conversation_status,
        created_at,
        null as created_inbox_id,
        null as created_agent_id,
        null as created_by_type,
        null as created_by_agent_id,
        closed_at as first_closed_at,
        closed_at as last_closed_at,
        null as last_closed_inbox_id,
        null as last_closed_agent_id,
        null as last_closed_by_type,
        null as last_closed_by_id,
        _captured_at,
        _extract_file,
        _record_number
    from conversations

),

moments as (

    select
        *,
        'conversation_created' as event_type,
        created_at as occurred_at
    from snapshots

    union all

    select
        *,
        'conversation_closed' as event_type,
        first_closed_at as occurred_at
    from snapshots
    where first_closed_at < last_closed_at

    union all

    -- What was closed before and is open was reopened since, nobody tells when.
    select
        *,
        'conversation_closed' as event_type,
        last_closed_at as occurred_at
    from snapshots
    where conversation_status != 'open' or first_closed_at = last_closed_at

),

told as (

    select
        told_by,
        reported_conversation_id as source_key,
        reported_conversation_id,
        event_type,
        occurred_at,
        cast(null as varchar) as topic_id,
        case when occurred_at = last_closed_at then last_closed_inbox_id end
            as previous_inbox_id,
        case when occurred_at = last_closed_at then last_closed_agent_id end
            as previous_agent_id,
        case when event_type = 'conversation_created' then created_inbox_id end
            as new_inbox_id,
        case when event_type = 'conversation_created' then created_agent_id end
            as new_agent_id,
        cast(null as varchar) as assignment_reason,
        case
            when event_type = 'conversation_created' then created_by_type
            when occurred_at = last_closed_at then last_closed_by_type
        end as initiator_type,
        case
            when event_type = 'conversation_created' then created_by_agent_id
            when occurred_at = last_closed_at then last_closed_by_id
        end as initiator_id,
        _captured_at,
        _extract_file,
        _record_number
    from moments

)

select * from told
