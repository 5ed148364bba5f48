with

own_stays as (

    select * from {{ ref('int_topic_stays_resolved') }}

),

branch_stays as (

    select * from {{ ref('int_topic_branch_stays_resolved') }}

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
