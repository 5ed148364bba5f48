with

assignments as (

    select * from {{ ref('int_conversation_assignments_sequenced') }}

),

-- That a merge carried the assignment along is nobody's decision.
decided as (

    select
        *,
        lag(agent_id) over (
            partition by reported_conversation_id, agent_id is null
            order by sequence_number
        ) as previous_agent_id
    from assignments
    where
        assignment_reason is null
        or assignment_reason != 'customer_conversation_merge'

),

counted as (

    select
        reported_conversation_id,
        count(*) as assignment_count,
        count(*) filter (where agent_id != previous_agent_id)
            as agent_reassignment_count
    from decided
    group by reported_conversation_id

),

current_assignments as (

    select * from assignments
    where unassigned_at is null

),

first_assignments as (

    select * from assignments
    where sequence_number = 1

),

summed as (

    select
        first_assignments.reported_conversation_id,
        first_assignments.assigned_at as first_assigned_at,
        first_assignments.inbox_id as first_inbox_id,
        current_assignments.inbox_id as current_inbox_id,
        current_assignments.agent_id as current_agent_id,
        coalesce(counted.assignment_count, 0) as assignment_count,
        coalesce(counted.agent_reassignment_count, 0)
            as agent_reassignment_count
    from first_assignments
    left join current_assignments
        on
            first_assignments.reported_conversation_id
            = current_assignments.reported_conversation_id
    left join counted
        on
            first_assignments.reported_conversation_id
            = counted.reported_conversation_id

)

select * from summed
