with

snapshots as (

    select * from {{ ref('int_conversation_snapshots_selected') }}

),

events as (

    select * from {{ ref('int_conversation_events_combined') }}

),

ends as (

    select * from {{ ref('int_conversation_ends_determined') }}

),

last_events as (

    select
        reported_conversation_id,
        max(event_number) as event_number,
        max(occurred_at) as occurred_at
    from events
    group by reported_conversation_id

),

weighed as (

    select
        snapshots.reported_conversation_id,
        snapshots.conversation_status,
        snapshots.current_inbox_id,
        snapshots.current_agent_id,
        snapshots.observed_at,
        last_events.event_number + 1 as event_number
    from snapshots
    inner join last_events
        on
            snapshots.reported_conversation_id
            = last_events.reported_conversation_id
    left join ends
        on snapshots.reported_conversation_id = ends.reported_conversation_id
    where
        ends.reported_conversation_id is null
        and snapshots.known_until > last_events.occurred_at

)

select * from weighed
