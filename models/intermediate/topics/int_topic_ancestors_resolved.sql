with recursive

topics as (

    select * from {{ ref('int_topic_paths_resolved') }}
    where is_latest_tree

),

ancestors as (

    select
        topic_id,
        topic_id as ancestor_topic_id,
        0 as distance
    from topics

    union all

    select
        ancestors.topic_id,
        topics.parent_topic_id as ancestor_topic_id,
        ancestors.distance + 1 as distance
    from ancestors
    inner join topics on ancestors.ancestor_topic_id = topics.topic_id
    where topics.parent_topic_id is not null

)

select * from ancestors
