with

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

-- Only ids with several copies can be in two conversations.
moved as (

    select
        conversation_item_id,
        reported_conversation_id,
        max(_captured_at) as last_captured_at
    from item_copies
    where reported_conversation_id is not null
    group by conversation_item_id, reported_conversation_id
    qualify count(*) over (partition by conversation_item_id) > 1

),

resolved as (

    select
        moved.conversation_item_id,
        count(distinct conversation_ids.conversation_id) as conversation_count,
        min(conversation_ids.conversation_id) as first_conversation_id,
        max(conversation_ids.conversation_id) as last_conversation_id,
        max(moved.last_captured_at) as last_captured_at
    from moved
    inner join conversation_ids
        on
            moved.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by moved.conversation_item_id

),

violations as (

    select * from resolved
    where conversation_count > 1

)

select * from violations
