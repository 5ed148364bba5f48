with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

stays as (

    select * from {{ ref('int_topic_stays_merged') }}

),

summed as (

    select
        conversation_id,
        count(*) as topic_count
    from stays
    where removed_at is null
    group by conversation_id

),

conversations as (

    select conversation_id
    from conversation_ids
    group by conversation_id

),

counted as (

    select
        conversations.conversation_id,
        coalesce(summed.topic_count, 0) as topic_count,
        summed.conversation_id is null as is_untagged
    from conversations
    left join summed
        on conversations.conversation_id = summed.conversation_id

)

select * from counted
