with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_told') }}

),

assignments as (

    select * from {{ ref('int_conversation_assignments_summed') }}

),

actor_types as (

    select * from {{ ref('seed_actor_types') }}
    where vocabulary = 'report'

),

told_by_report as (

    select
        conversation_export.*,
        coalesce(
            actor_types.actor_type, conversation_export.last_closed_by_type
        ) as closed_by_type
    from conversation_export
    left join actor_types
        on
            conversation_export.last_closed_by_type
            = actor_types.reported_value

),

told_by_events as (

    select lifecycles.*
    from lifecycles
    left join conversation_export
        on
            lifecycles.reported_conversation_id
            = conversation_export.reported_conversation_id
    where conversation_export.reported_conversation_id is null

),

told as (

    select
        reported_conversation_id,
        created_at,
        first_closed_at,
        last_closed_at,
        close_count,
        reopen_count,
        created_to_first_closed_seconds,
        created_to_last_closed_seconds,
        created_inbox_id,
        current_inbox_id,
        last_closed_inbox_id,
        current_agent_id,
        last_closed_agent_id,
        closed_by_type as last_closed_by_type
    from told_by_report

    union all

    select * from told_by_events

),

determined as (

    select
        conversation_ids.conversation_id,
        told.created_at,
        told.first_closed_at,
        told.last_closed_at,
        told.close_count,
        told.reopen_count,
        told.created_to_first_closed_seconds,
        told.created_to_last_closed_seconds,
        told.created_inbox_id,
        told.current_inbox_id,
        told.last_closed_inbox_id,
        told.current_agent_id,
        told.last_closed_agent_id,
        told.last_closed_by_type,
        assignments.assignment_count,
        assignments.agent_reassignment_count
    from conversation_ids
    left join told
        on
            conversation_ids.reported_conversation_id
            = told.reported_conversation_id
    left join assignments
        on
            conversation_ids.reported_conversation_id
            = assignments.reported_conversation_id
    where conversation_ids.hop_count = 0

)

select * from determined
