with

ancestors as (

    select * from {{ ref('int_topic_ancestors_resolved') }}

),

keyed as (

    select
        {{ hashed_key(['topic_id', 'ancestor_topic_id']) }}
            as topic_ancestor_key,
        topic_id,
        ancestor_topic_id,
        distance
    from ancestors

)

select * from keyed
