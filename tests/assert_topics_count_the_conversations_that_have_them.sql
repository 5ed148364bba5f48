with

topics as (

    select * from {{ ref('dim_topics') }}

),

conversation_topics as (

    select * from {{ ref('fct_conversation_topics') }}

),

counted as (

    select
        topic_id,
        count(*) filter (where is_current) as conversation_count
    from conversation_topics
    group by topic_id

),

differing as (

    select
        topics.topic_id,
        topics.conversation_count,
        counted.conversation_count as current_row_count
    from topics
    left join counted on topics.topic_id = counted.topic_id
    where topics.conversation_count != coalesce(counted.conversation_count, 0)

)

select * from differing
