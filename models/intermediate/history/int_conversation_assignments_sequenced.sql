with

observed as (

    select * from {{ ref('int_conversation_assignments_unioned') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

compared as (

    select
        *,
        lag(inbox_id) over (
            partition by reported_conversation_id
            order by observed_at asc, event_number asc nulls last
        ) as previous_inbox_id,
        lag(agent_id) over (
            partition by reported_conversation_id
            order by observed_at asc, event_number asc nulls last
        ) as previous_agent_id
    from observed

),

-- An assignment that leaves everything as it is, is one all the same; what
-- other events and snapshots show is news only when it differs.
changes as (

    select * from compared
    where
        observed_by in ('beginning', 'assignment')
        or inbox_id is distinct from previous_inbox_id
        or agent_id is distinct from previous_agent_id

),

sequenced as (

    select
        conversation_ids.conversation_id,
        changes.reported_conversation_id,
        row_number() over (
            partition by changes.reported_conversation_id
            order by
                changes.observed_at asc,
                changes.event_number asc nulls last
        ) as sequence_number,
        changes.inbox_id,
        changes.agent_id,
        changes.observed_at as assigned_at,
        coalesce(
            lead(changes.observed_at) over (
                partition by changes.reported_conversation_id
                order by
                    changes.observed_at asc,
                    changes.event_number asc nulls last
            ),
            conversation_ids.ended_at
        ) as unassigned_at,
        changes.observed_by in ('beginning', 'assignment')
            as is_beginning_reported,
        events.assignment_reason,
        events.initiator_type as assigned_by_type,
        case when events.initiator_type = 'agent' then events.initiator_id end
            as assigned_by_agent_id
    from changes
    left join conversation_ids
        on
            changes.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join events
        on
            changes.reported_conversation_id = events.reported_conversation_id
            and case
                when changes.observed_by = 'assignment'
                    then changes.event_number
            end = events.event_number

)

select * from sequenced
