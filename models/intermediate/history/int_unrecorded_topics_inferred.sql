with

conversations as (

    select
        reported_conversation_id,
        {{ unnest_json_texts('topic_ids') }} as topic_id
    from {{ ref('stg_gladly__conversations') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

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

unrecorded as (

    select
        conversation_ids.conversation_id,
        conversations.reported_conversation_id,
        conversations.topic_id
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

)

select * from unrecorded
