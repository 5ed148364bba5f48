with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

statuses as (

    select * from {{ ref('int_conversation_statuses_aggregated') }}

),

assignments as (

    select * from {{ ref('int_conversation_assignments_sequenced') }}

),

absorptions as (

    select * from {{ ref('int_merges_deduplicated') }}
    where entity = 'conversation'

),

-- What a merge carried along is no decision, with a reason reported or not.
decided as (

    select
        assignments.*,
        lag(assignments.agent_id) over (
            partition by
                assignments.reported_conversation_id,
                assignments.agent_id is null
            order by assignments.sequence_number
        ) as previous_agent_id
    from assignments
    left join absorptions
        on
            case
                when assignments.assignment_reason is null
                    then assignments.reported_conversation_id
            end = absorptions.surviving_id
            and {{ is_within_tolerance(
                'assignments.assigned_at', 'absorptions.merged_at'
            ) }}
    where
        absorptions.surviving_id is null
        and coalesce(assignments.assignment_reason, '')
        != 'customer_conversation_merge'

),

counted as (

    select
        reported_conversation_id,
        count(*) - count(*) filter (where not is_change_known)
            as assignment_count,
        case
            when
                bool_and(is_agent_known) filter (where is_beginning_reported)
                is not false
                then count(*) filter (where agent_id != previous_agent_id)
        end as agent_reassignment_count
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

reported as (

    select
        conversation_ids.reported_conversation_id,
        statuses.created_at,
        statuses.first_closed_at,
        statuses.last_closed_at,
        statuses.close_count,
        statuses.reopen_count,
        {{ seconds_between('statuses.created_at', 'statuses.first_closed_at') }}
            as created_to_first_closed_seconds,
        case
            when statuses.is_last_closing_reported
                then {{ seconds_between(
                    'statuses.created_at', 'statuses.last_closed_at'
                ) }}
        end as created_to_last_closed_seconds,
        case
            when first_assignments.assigned_at = statuses.created_at
                then first_assignments.inbox_id
        end as created_inbox_id,
        last_assignments.inbox_id as current_inbox_id,
        statuses.last_closed_inbox_id,
        last_assignments.agent_id as current_agent_id,
        statuses.last_closed_agent_id,
        statuses.last_closed_by_type,
        last_assignments.reported_conversation_id is not null
            as is_assignment_known,
        case
            when last_assignments.reported_conversation_id is not null
                then coalesce(counted.assignment_count, 0)
        end as assignment_count,
        case
            when
                last_assignments.reported_conversation_id is not null
                and counted.reported_conversation_id is null
                then 0
            else counted.agent_reassignment_count
        end as agent_reassignment_count
    from conversation_ids
    left join statuses
        on
            conversation_ids.reported_conversation_id
            = statuses.reported_conversation_id
    left join first_assignments
        on
            conversation_ids.reported_conversation_id
            = first_assignments.reported_conversation_id
    left join last_assignments
        on
            conversation_ids.reported_conversation_id
            = last_assignments.reported_conversation_id
    left join counted
        on
            conversation_ids.reported_conversation_id
            = counted.reported_conversation_id

)

select * from reported
