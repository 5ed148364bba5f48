with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

ends as (

    select * from {{ ref('int_conversation_ends_dated') }}

),

unrecorded_topics as (

    select * from {{ ref('int_unrecorded_topics_inferred') }}

),

topic_events as (

    select
        conversation_id,
        reported_conversation_id,
        topic_id,
        event_number,
        event_type,
        occurred_at,
        initiator_type,
        initiator_id
    from events
    where
        event_type in (
            'conversation_topic_added', 'conversation_topic_removed'
        )

    union all

    select
        conversation_id,
        reported_conversation_id,
        topic_id,
        0 as event_number,
        'conversation_topic_added' as event_type,
        null as occurred_at,
        null as initiator_type,
        null as initiator_id
    from unrecorded_topics

),

while_there as (

    select
        topic_events.*,
        ends.ended_at
    from topic_events
    left join ends
        on topic_events.reported_conversation_id = ends.reported_conversation_id
    where
        ends.ended_at is null
        or topic_events.occurred_at is null
        or topic_events.occurred_at < ends.ended_at

),

-- Added while it is on, or removed while it is off, changes nothing.
changes as (

    select * from while_there
    qualify
        event_type != coalesce(
            lag(event_type) over (
                partition by reported_conversation_id, topic_id
                order by event_number asc
            ),
            'conversation_topic_removed'
        )

),

bounded as (

    select
        conversation_id,
        reported_conversation_id,
        topic_id,
        event_number,
        occurred_at as added_at,
        coalesce(
            lead(occurred_at) over (
                partition by reported_conversation_id, topic_id
                order by event_number asc
            ),
            ended_at
        ) as removed_at,
        initiator_type as added_by_type,
        case when initiator_type = 'agent' then initiator_id end
            as added_by_agent_id
    from changes
    qualify event_type = 'conversation_topic_added'

)

select * from bounded
