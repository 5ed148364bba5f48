with

item_ids as (

    select * from {{ ref('bridge_conversation_item_ids') }}

),

canonical_ids as (

    select
        reported_item_id,
        item_id
    from item_ids

),

resolved_twice as (

    select
        item_ids.reported_item_id,
        item_ids.item_id as resolved_once,
        canonical_ids.item_id as resolved_again
    from item_ids
    left join canonical_ids
        on item_ids.item_id = canonical_ids.reported_item_id

),

changed as (

    select * from resolved_twice
    where resolved_again is null or resolved_once != resolved_again

)

select * from changed
