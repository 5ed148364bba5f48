with

conversation_items as (

    select * from {{ ref('base_gladly__conversation_items') }}
    where _rejection_reason is null

),

copies as (

    select
        id as conversation_item_id,
        conversation_id as reported_conversation_id,
        content,
        _captured_at,
        _extract_file,
        _record_number
    from conversation_items

)

select * from copies
