{% set never = "cast('9999-12-31' as timestamp)" %}

with

own_stays as (

    select * from {{ ref('int_topic_stays_resolved') }}

),

ancestors as (

    select * from {{ ref('int_topic_ancestors_resolved') }}

),

-- A topic has the stays of all topics below it, as its branch.
lifted as (

    select
        ancestors.ancestor_topic_id as topic_id,
        own_stays.topic_id as stayed_topic_id,
        own_stays.conversation_id,
        own_stays.interval_number,
        coalesce(own_stays.added_at, cast('1900-01-01' as timestamp))
            as added_at,
        coalesce(own_stays.removed_at, {{ never }}) as removed_at
    from own_stays
    inner join ancestors on own_stays.topic_id = ancestors.topic_id

),

{{ join_stretches(
    'lifted', 'topic_id, conversation_id', 'added_at', 'removed_at',
    'added_at, stayed_topic_id, interval_number',
) }},

branch_stays as (

    select
        topic_id,
        conversation_id,
        stretch_number as interval_number,
        nullif(min(added_at), cast('1900-01-01' as timestamp)) as added_at,
        nullif(max(removed_at), {{ never }}) as removed_at
    from numbered
    group by topic_id, conversation_id, stretch_number

),

reached as (

    select
        'own' as reach,
        topic_id,
        conversation_id,
        interval_number,
        added_at,
        removed_at
    from own_stays

    union all

    select
        'branch' as reach,
        topic_id,
        conversation_id,
        interval_number,
        added_at,
        removed_at
    from branch_stays

)

select * from reached
