with

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

bridged as (

    select
        reported_item_id,
        item_id,
        item_id as message_id,
        resolution_status
    from item_ids

)

select * from bridged
