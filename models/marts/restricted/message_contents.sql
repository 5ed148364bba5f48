with

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

deleted_conversations as (

    select * from {{ ref('bridge_conversation_ids') }}
    where conversation_status = 'deleted'

),

current_copies as (

    select
        item_ids.item_id as message_id,
        customer_ids.customer_id,
        coalesce(
            {{ json_text('item_copies.content', 'subject') }},
            {{ json_text('item_copies.content', 'title') }}
        ) as subject,
        coalesce(
            {{ json_text('item_copies.content', 'content') }},
            {{ json_text('item_copies.content', 'body') }}
        ) as message_text,
        conversation_items._captured_at as captured_at
    from item_ids
    inner join conversation_items
        on
            item_ids.reported_item_id
            = conversation_items.conversation_item_id
            and item_ids.resolution_status = 'current'
    inner join customer_ids
        on
            conversation_items.reported_customer_id
            = customer_ids.reported_customer_id
            -- Texts of deleted customers are blank, of unknown ones withheld.
            and customer_ids.customer_status = 'current'
    inner join item_copies
        on
            conversation_items._extract_file = item_copies._extract_file
            and conversation_items._record_number = item_copies._record_number
    -- Deleted alone, or with a customer its items do not name.
    left join deleted_conversations
        on
            conversation_items.reported_conversation_id
            = deleted_conversations.reported_conversation_id
    where deleted_conversations.reported_conversation_id is null

),

with_text as (

    select * from current_copies
    where message_text is not null

)

select * from with_text
