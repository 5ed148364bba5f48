with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

canonical as (

    select * from {{ ref('int_reissued_items_matched') }}

),

resolved as (

    select
        conversation_items.conversation_item_id as reported_item_id,
        coalesce(canonical.item_id, conversation_items.conversation_item_id)
            as item_id
    from conversation_items
    left join canonical
        on
            conversation_items.conversation_item_id
            = canonical.conversation_item_id

),

with_status as (

    select
        reported_item_id,
        item_id,
        case when reported_item_id = item_id then 'current' else 'reissued' end
            as resolution_status
    from resolved

)

select * from with_status
