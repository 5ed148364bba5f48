with

stays as (

    select
        conversation_id,
        topic_id,
        interval_number,
        added_at,
        removed_at,
        lead(conversation_topic_key) over by_number as next_key,
        lead(added_at) over by_number as next_added_at
    from {{ ref('fct_conversation_topics') }}
    window by_number as (
        partition by conversation_id, topic_id
        order by interval_number asc
    )

),

overlapping as (

    select * from stays
    where
        added_at > removed_at
        or (next_key is not null and removed_at is null)
        or next_added_at < removed_at

)

select * from overlapping
