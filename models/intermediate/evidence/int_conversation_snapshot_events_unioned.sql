with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}
    where created_at is not null

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}
    where created_at is not null

),

closings as (

    select * from {{ ref('int_conversation_closings_deduplicated') }}

),

fetched as (

    select * from conversation_captures
    qualify row_number() over (
        partition by reported_conversation_id
        order by {{ newest_first() }}
    ) = 1

),

reported as (

    select
        'conversation_export_report' as source_extract,
        reported_conversation_id as source_key,
        reported_conversation_id,
        'conversation_created' as event_type,
        created_at as occurred_at,
        cast(null as string) as topic_id,
        null as previous_inbox_id,
        null as previous_agent_id,
        created_inbox_id as new_inbox_id,
        created_agent_id as new_agent_id,
        cast(null as string) as assignment_reason,
        created_by_type as initiator_type,
        created_by_agent_id as initiator_id,
        _captured_at,
        _extract_file,
        _record_number,
        cast(null as boolean) as is_agent_reported
    from conversation_export

    union all

    select
        'conversations' as source_extract,
        reported_conversation_id as source_key,
        reported_conversation_id,
        'conversation_created' as event_type,
        created_at as occurred_at,
        null as topic_id,
        null as previous_inbox_id,
        null as previous_agent_id,
        null as new_inbox_id,
        null as new_agent_id,
        null as assignment_reason,
        null as initiator_type,
        null as initiator_id,
        _captured_at,
        _extract_file,
        _record_number,
        null as is_agent_reported
    from fetched

    union all

    select
        source_extract,
        reported_conversation_id as source_key,
        reported_conversation_id,
        'conversation_closed' as event_type,
        closed_at as occurred_at,
        null as topic_id,
        inbox_id as previous_inbox_id,
        agent_id as previous_agent_id,
        null as new_inbox_id,
        null as new_agent_id,
        null as assignment_reason,
        closed_by_type as initiator_type,
        closed_by_id as initiator_id,
        _captured_at,
        _extract_file,
        _record_number,
        is_agent_reported
    from closings

)

select * from reported
