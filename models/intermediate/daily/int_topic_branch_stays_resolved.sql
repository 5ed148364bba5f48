{% set never = "cast('9999-12-31' as timestamp)" %}

with

stays as (

    select * from {{ ref('int_topic_stays_resolved') }}

),

ancestors as (

    select * from {{ ref('int_topic_ancestors_resolved') }}

),

-- A topic has the stays of all topics below it, as its branch.
lifted as (

    select
        ancestors.ancestor_topic_id as topic_id,
        stays.topic_id as stayed_topic_id,
        stays.conversation_id,
        stays.interval_number,
        coalesce(stays.added_at, cast('1900-01-01' as timestamp)) as added_at,
        coalesce(stays.removed_at, {{ never }}) as removed_at
    from stays
    inner join ancestors on stays.topic_id = ancestors.topic_id

),

{{ join_stretches(
    'lifted', 'topic_id, conversation_id', 'added_at', 'removed_at',
    'added_at, stayed_topic_id, interval_number',
) }},

merged as (

    select
        topic_id,
        conversation_id,
        stretch_number as interval_number,
        nullif(min(added_at), cast('1900-01-01' as timestamp)) as added_at,
        nullif(max(removed_at), {{ never }}) as removed_at
    from numbered
    group by topic_id, conversation_id, stretch_number

)

select * from merged
