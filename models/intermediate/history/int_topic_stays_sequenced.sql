with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

conversations as (

    select
        reported_conversation_id,
        {{ unnest_json_texts('topic_ids') }} as topic_id
    from {{ ref('stg_gladly__conversations') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

topics_recorded as (

    select
        reported_conversation_id,
        topic_id
    from events
    where topic_id is not null
    group by reported_conversation_id, topic_id

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

    -- Topics that GET conversation shows and no event ever names.
    select
        conversation_ids.conversation_id,
        conversations.reported_conversation_id,
        conversations.topic_id,
        0 as event_number,
        'conversation_topic_added' as event_type,
        null as occurred_at,
        null as initiator_type,
        null as initiator_id
    from conversations
    left join conversation_ids
        on
            conversations.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join topics_recorded
        on
            conversations.reported_conversation_id
            = topics_recorded.reported_conversation_id
            and conversations.topic_id = topics_recorded.topic_id
    where topics_recorded.topic_id is null
    group by all

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
                order by event_number asc nulls last
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
                order by event_number asc nulls last
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
