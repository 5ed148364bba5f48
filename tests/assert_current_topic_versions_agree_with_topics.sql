with

topics as (

    select * from {{ ref('dim_topics') }}

),

versions as (

    select * from {{ ref('dim_topic_versions') }}
    where is_current

),

differing as (

    select
        topics.topic_id,
        topics.is_deleted,
        topics.topic_path,
        versions.topic_path as version_path
    from topics
    left join versions on topics.topic_id = versions.topic_id
    where
        topics.is_deleted != (versions.topic_id is null)
        or topics.topic_path != versions.topic_path
        or topics.is_disabled != versions.is_disabled
        or topics.topic_name != versions.topic_name
        or topics.parent_topic_id != versions.parent_topic_id

)

select * from differing
