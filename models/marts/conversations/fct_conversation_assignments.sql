with

assignments as (

    select * from {{ ref('int_conversation_assignments_sequenced') }}

),

assignment_reasons as (

    select * from {{ ref('seed_assignment_reasons') }}

),

described as (

    select
        {{ hashed_key([
            'assignments.reported_conversation_id',
            'assignments.sequence_number',
        ]) }} as conversation_assignment_key,
        assignments.conversation_id,
        assignments.reported_conversation_id,
        cast(assignments.sequence_number as bigint) as sequence_number,
        assignments.inbox_id,
        assignments.agent_id,
        case
            when not assignments.is_assignee_known then 'unknown'
            when
                assignments.inbox_id is not null
                and assignments.agent_id is not null
                then 'inbox_and_agent'
            when assignments.inbox_id is not null then 'inbox'
            when assignments.agent_id is not null then 'agent'
            else 'unassigned'
        end as assignee_type,
        assignments.assigned_at,
        assignments.unassigned_at,
        {{ seconds_between(
            'assignments.assigned_at', 'assignments.unassigned_at'
        ) }} as assigned_seconds,
        assignments.assignment_reason,
        assignments.assigned_by_type,
        assignments.assigned_by_agent_id,
        coalesce(assignment_reasons.is_automatic, false) as is_automatic,
        assignments.unassigned_at is null as is_current
    from assignments
    left join assignment_reasons
        on
            assignments.assignment_reason
            = assignment_reasons.assignment_reason

)

select * from described
