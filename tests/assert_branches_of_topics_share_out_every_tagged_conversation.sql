with

conversation_topics as (

    select * from {{ ref('fct_conversation_topics') }}

),

ancestors as (

    select * from {{ ref('bridge_topic_ancestors') }}

),

topics as (

    select * from {{ ref('dim_topics') }}

),

by_root as (

    select sum(conversation_topics.allocation_weight) as allocated_count
    from conversation_topics
    inner join ancestors on conversation_topics.topic_id = ancestors.topic_id
    inner join topics on ancestors.ancestor_topic_id = topics.topic_id
    where topics.parent_topic_id is null

),

tagged as (

    select count(distinct conversation_id) as conversation_count
    from conversation_topics
    where is_current

),

differing as (

    select
        by_root.allocated_count,
        tagged.conversation_count
    from by_root
    cross join tagged
    where
        abs(coalesce(by_root.allocated_count, 0) - tagged.conversation_count)
        > 0.000001 * (1 + tagged.conversation_count)

)

select * from differing
