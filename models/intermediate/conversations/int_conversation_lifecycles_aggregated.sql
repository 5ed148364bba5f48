with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

statuses as (

    select * from {{ ref('int_conversation_statuses_aggregated') }}

),

assignments as (

    select * from {{ ref('int_conversation_assignments_aggregated') }}

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
        {{ seconds_between('statuses.created_at', 'statuses.last_closed_at') }}
            as created_to_last_closed_seconds,
        case
            when assignments.first_assigned_at = statuses.created_at
                then assignments.first_inbox_id
        end as created_inbox_id,
        assignments.current_inbox_id,
        statuses.last_closed_inbox_id,
        assignments.current_agent_id,
        statuses.last_closed_agent_id,
        statuses.last_closed_by_type,
        assignments.reported_conversation_id is not null as is_assignment_known
    from conversation_ids
    left join statuses
        on
            conversation_ids.reported_conversation_id
            = statuses.reported_conversation_id
    left join assignments
        on
            conversation_ids.reported_conversation_id
            = assignments.reported_conversation_id

)

select * from reported
