with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_resolved') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_aggregated') }}

),

timestamps_report as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

-- A file without columns for the actor leaves open who closed it, and so does
-- GET conversation where nothing else reports a closing.
closed_by_anyone as (

    select reported_conversation_id
    from timestamps_report
    where event_type = 'conversation_closed' and not is_initiator_reported
    group by reported_conversation_id

    union distinct

    select reported_conversation_id
    from events
    where event_type = 'conversation_closed'
    group by reported_conversation_id
    having bool_and(source_extract = 'conversations')

),

reported_by_events as (

    select
        lifecycles.reported_conversation_id,
        lifecycles.created_at,
        lifecycles.first_closed_at,
        lifecycles.last_closed_at,
        lifecycles.close_count,
        lifecycles.reopen_count,
        lifecycles.created_to_first_closed_seconds,
        lifecycles.created_to_last_closed_seconds,
        lifecycles.created_inbox_id,
        lifecycles.current_inbox_id,
        lifecycles.last_closed_inbox_id,
        lifecycles.current_agent_id,
        lifecycles.last_closed_agent_id,
        lifecycles.last_closed_by_type
    from lifecycles
    left join reports
        on
            lifecycles.reported_conversation_id
            = reports.reported_conversation_id
    where reports.reported_conversation_id is null

),

reported as (

    select * from reports

    union all

    select * from reported_by_events

),

determined as (

    select
        conversation_ids.conversation_id,
        reported.created_at,
        reported.first_closed_at,
        reported.last_closed_at,
        reported.close_count,
        reported.reopen_count,
        reported.created_to_first_closed_seconds,
        reported.created_to_last_closed_seconds,
        reported.created_inbox_id,
        reported.current_inbox_id,
        reported.last_closed_inbox_id,
        reported.current_agent_id,
        reported.last_closed_agent_id,
        reported.last_closed_by_type,
        reported.last_closed_by_type is null
        and closed_by_anyone.reported_conversation_id is not null
            as is_closer_unreported,
        lifecycles.assignment_count,
        lifecycles.agent_reassignment_count
    from conversation_ids
    left join reported
        on
            conversation_ids.reported_conversation_id
            = reported.reported_conversation_id
    left join lifecycles
        on
            conversation_ids.reported_conversation_id
            = lifecycles.reported_conversation_id
    left join closed_by_anyone
        on
            conversation_ids.reported_conversation_id
            = closed_by_anyone.reported_conversation_id
    where conversation_ids.hop_count = 0

)

select * from determined
