with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

sightings as (

    select * from {{ ref('int_topic_sightings_compared') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

topic_events as (

    select
        conversation_id,
        reported_conversation_id,
        topic_id,
        event_number,
        event_type,
        occurred_at as known_at,
        occurred_at,
        initiator_type,
        initiator_id
    from events
    where
        topic_id is not null
        and event_type in (
            'conversation_topic_added', 'conversation_topic_removed'
        )

    union all

    -- What GET conversation shows, and no event reports.
    select
        conversation_ids.conversation_id,
        sightings.reported_conversation_id,
        sightings.topic_id,
        null as event_number,
        sightings.event_type,
        sightings.seen_at as known_at,
        case when not sightings.is_since_unknown_time then sightings.seen_at end
            as occurred_at,
        null as initiator_type,
        null as initiator_id
    from sightings
    left join conversation_ids
        on
            sightings.reported_conversation_id
            = conversation_ids.reported_conversation_id

),

while_there as (

    select
        topic_events.*,
        conversation_ids.ended_at
    from topic_events
    left join conversation_ids
        on
            topic_events.reported_conversation_id
            = conversation_ids.reported_conversation_id
    where
        conversation_ids.ended_at is null
        or topic_events.occurred_at is null
        or topic_events.occurred_at < conversation_ids.ended_at

),

-- Added while it is on, or removed while it is off, changes nothing.
changes as (

    select * from while_there
    qualify
        event_type != coalesce(
            lag(event_type) over (
                partition by reported_conversation_id, topic_id
                order by known_at asc, event_number asc nulls last
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
        row_number() over (
            partition by reported_conversation_id, topic_id
            order by known_at asc, event_number asc nulls last
        ) as change_number,
        occurred_at as added_at,
        coalesce(
            lead(occurred_at) over (
                partition by reported_conversation_id, topic_id
                order by known_at asc, event_number asc nulls last
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
