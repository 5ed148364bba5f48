with

assignments as (

    select * from {{ ref('int_conversation_assignments_sequenced') }}

),

-- That a merge carried the assignment along is no decision.
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

-- What was absorbed or deleted stays where it was last.
last_assignments as (

    select * from assignments
    qualify row_number() over (
        partition by reported_conversation_id
        order by sequence_number desc
    ) = 1

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
        last_assignments.assigned_at as last_assigned_at,
        last_assignments.inbox_id as current_inbox_id,
        last_assignments.agent_id as current_agent_id,
        coalesce(counted.assignment_count, 0) as assignment_count,
        coalesce(counted.agent_reassignment_count, 0)
            as agent_reassignment_count
    from first_assignments
    left join last_assignments
        on
            first_assignments.reported_conversation_id
            = last_assignments.reported_conversation_id
    left join counted
        on
            first_assignments.reported_conversation_id
            = counted.reported_conversation_id

)

select * from summed
