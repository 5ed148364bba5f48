with

topics as (

    select * from {{ ref('int_topic_paths_resolved') }}
    where is_latest_tree

),

stays as (

    select * from {{ ref('int_topic_stays_resolved') }}

),

covered_stretches as (

    select * from {{ ref('int_covered_stretches_sequenced') }}

),

coverage as (

    select count(*) > 0 as covers_topics
    from covered_stretches
    where subject = 'topics'

),

conversations_counted as (

    select
        topic_id,
        count(*) as conversation_count
    from stays
    where removed_at is null
    group by topic_id

),

children as (

    select
        parent_topic_id,
        count(*) as child_count
    from topics
    where parent_topic_id is not null
    group by parent_topic_id

),

final as (

    select
        topics.topic_id,
        topics.topic_name,
        topics.parent_topic_id,
        topics.root_topic_id,
        topics.topic_path,
        topics.depth,
        topics.is_disabled,
        topics.valid_to is not null as is_deleted,
        children.parent_topic_id is null as is_leaf,
        coalesce(
            count(topics.topic_name) over (partition by topics.topic_name) > 1,
            false
        ) as has_namesakes,
        topics.is_in_circle,
        coalesce(
            conversations_counted.conversation_count,
            case when coverage.covers_topics then 0 end
        ) as conversation_count,
        topics.is_known
    from topics
    cross join coverage
    left join conversations_counted
        on topics.topic_id = conversations_counted.topic_id
    left join children on topics.topic_id = children.parent_topic_id

)

select * from final
