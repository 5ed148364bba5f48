with

conversation_topics as (

    select * from {{ ref('fct_conversation_topics') }}

),

conversations as (

    select * from {{ ref('fct_conversations') }}

),

tagged as (

    select
        conversations.customer_id,
        conversation_topics.topic_id,
        conversation_topics.added_at,
        conversations.contact_count
    from conversation_topics
    left join conversations
        on conversation_topics.conversation_id = conversations.conversation_id
    where
        conversation_topics.is_current
        and conversations.customer_id is not null

),

counted as (

    select
        {{ hashed_key(['customer_id', 'topic_id']) }} as customer_topic_key,
        customer_id,
        topic_id,
        count(*) as conversation_count,
        cast(sum(contact_count) as bigint) as contact_count,
        min(added_at) as first_added_at,
        max(added_at) as last_added_at
    from tagged
    group by customer_id, topic_id

)

select * from counted
