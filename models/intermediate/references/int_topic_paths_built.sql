with recursive

topics as (

    select * from {{ ref('int_topics_listed') }}

),

mentions as (

    select * from {{ ref('int_topics_mentioned') }}

),

topic_ids as (

    select topic_id from topics
    union
    select topic_id from mentions

),

known as (

    select
        topic_ids.topic_id,
        coalesce(topics.topic_name, mentions.topic_name, topic_ids.topic_id)
            as path_name,
        parents.topic_id as parent_topic_id
    from topic_ids
    left join topics on topic_ids.topic_id = topics.topic_id
    left join mentions on topic_ids.topic_id = mentions.topic_id
    left join topic_ids as parents
        on topics.parent_topic_id = parents.topic_id

),

-- From the roots down: topics in a cycle of parents are never reached, so they
-- cannot loop; below they become roots of their own.
paths as (

    select
        topic_id,
        topic_id as root_topic_id,
        path_name as topic_path,
        0 as depth
    from known
    where parent_topic_id is null

    union all

    select
        known.topic_id,
        paths.root_topic_id,
        concat(paths.topic_path, ' > ', known.path_name) as topic_path,
        paths.depth + 1 as depth
    from paths
    inner join known on paths.topic_id = known.parent_topic_id

),

built as (

    select
        known.topic_id,
        case when paths.topic_id is not null then known.parent_topic_id end
            as parent_topic_id,
        coalesce(paths.root_topic_id, known.topic_id) as root_topic_id,
        coalesce(paths.topic_path, known.path_name) as topic_path,
        coalesce(paths.depth, 0) as depth
    from known
    left join paths on known.topic_id = paths.topic_id

)

select * from built
