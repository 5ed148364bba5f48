with

events as (

    select * from {{ ref('int_conversation_events_combined') }}
    where not is_posthumous

),

beginnings as (

    select * from {{ ref('int_conversation_assignments_begun') }}

),

snapshots as (

    select * from {{ ref('int_conversation_snapshots_weighed') }}

),

-- Events within a second of an assignment may have been told out of order.
contexts as (

    select *
    from events
    where previous_inbox_id is not null or previous_agent_id is not null
    qualify count(*) filter (
        where event_type = 'conversation_assignee_updated'
    ) over (
        partition by reported_conversation_id
        order by occurred_at
        range between interval 1 second preceding
        and interval 1 second following
    ) = 0

),

observed as (

    select
        reported_conversation_id,
        event_number,
        begun_at as observed_at,
        inbox_id,
        agent_id,
        'beginning' as observed_by
    from beginnings

    union all

    select
        reported_conversation_id,
        event_number,
        occurred_at as observed_at,
        new_inbox_id as inbox_id,
        new_agent_id as agent_id,
        'assignment' as observed_by
    from events
    where event_type = 'conversation_assignee_updated'

    union all

    select
        contexts.reported_conversation_id,
        contexts.event_number,
        contexts.occurred_at as observed_at,
        contexts.previous_inbox_id as inbox_id,
        contexts.previous_agent_id as agent_id,
        'context' as observed_by
    from contexts
    left join beginnings
        on
            contexts.reported_conversation_id
            = beginnings.reported_conversation_id
            and contexts.event_number = beginnings.event_number
    where beginnings.reported_conversation_id is null

    union all

    select
        reported_conversation_id,
        event_number,
        observed_at,
        current_inbox_id as inbox_id,
        current_agent_id as agent_id,
        'snapshot' as observed_by
    from snapshots
    where current_inbox_id is not null or current_agent_id is not null

)

select * from observed
