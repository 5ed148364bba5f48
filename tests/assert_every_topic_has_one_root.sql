with

topics as (

    select * from {{ ref('dim_topics') }}

),

ancestors as (

    select * from {{ ref('bridge_topic_ancestors') }}

),

roots_counted as (

    select
        topics.topic_id,
        count(ancestors.topic_id) as root_count,
        max(ancestors.distance) as distance_to_root
    from topics
    left join ancestors
        on
            topics.topic_id = ancestors.topic_id
            and topics.root_topic_id = ancestors.ancestor_topic_id
    group by topics.topic_id

),

failures as (

    select
        topics.topic_id,
        topics.topic_path,
        topics.depth,
        roots_counted.root_count,
        roots_counted.distance_to_root
    from topics
    inner join topics as roots on topics.root_topic_id = roots.topic_id
    inner join roots_counted on topics.topic_id = roots_counted.topic_id
    where
        roots.parent_topic_id is not null
        or roots_counted.root_count != 1
        or roots_counted.distance_to_root != topics.depth

)

select * from failures
