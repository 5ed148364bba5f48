with

topics as (

    select * from {{ ref('int_topics_listed') }}

),

mentions as (

    select * from {{ ref('int_topics_mentioned') }}

),

paths as (

    select * from {{ ref('int_topic_paths_built') }}

),

children as (

    select
        parent_topic_id,
        count(*) as child_count
    from paths
    where parent_topic_id is not null
    group by parent_topic_id

),

named as (

    select
        paths.topic_id,
        coalesce(topics.topic_name, mentions.topic_name) as topic_name,
        paths.parent_topic_id,
        paths.root_topic_id,
        paths.topic_path,
        paths.depth,
        coalesce(topics.is_disabled, false) as is_disabled,
        children.parent_topic_id is null as is_leaf,
        topics.topic_id is not null as is_known
    from paths
    left join topics on paths.topic_id = topics.topic_id
    left join mentions on paths.topic_id = mentions.topic_id
    left join children on paths.topic_id = children.parent_topic_id

),

final as (

    select
        topic_id,
        topic_name,
        parent_topic_id,
        root_topic_id,
        topic_path,
        depth,
        is_disabled,
        is_leaf,
        coalesce(
            count(topic_name) over (partition by topic_name) > 1, false
        ) as has_namesakes,
        is_known
    from named

)

select * from final
