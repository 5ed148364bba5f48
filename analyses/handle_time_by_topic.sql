with

conversations as (

    select * from {{ ref('fct_conversations') }}

),

conversation_topics as (

    select * from {{ ref('fct_conversation_topics') }}
    where is_current

),

topics as (

    select * from {{ ref('dim_topics') }}

),

shared_out as (

    select
        topics.topic_path,
        coalesce(conversation_topics.allocation_weight, 1) as weight,
        conversations.handle_seconds + conversations.after_contact_seconds
            as worked_seconds
    from conversations
    left join conversation_topics
        on conversations.conversation_id = conversation_topics.conversation_id
    left join topics on conversation_topics.topic_id = topics.topic_id

),

summed as (

    select
        topic_path,
        round(sum(weight), 3) as allocated_conversations,
        round(sum(weight * worked_seconds), 3) as allocated_seconds,
        round(sum(weight * worked_seconds) / sum(weight), 3)
            as seconds_per_conversation
    from shared_out
    group by topic_path

)

select * from summed
order by allocated_seconds desc, topic_path asc
