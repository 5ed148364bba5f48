with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}
    where hop_count = 0

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

counted as (

    select
        conversation_id,
        count(*) filter (where is_message) as message_count,
        count(*) filter (where is_message and is_from_customer)
            as customer_message_count,
        count(*) filter (where is_message and is_from_agent)
            as agent_message_count,
        count(*) filter (where is_message and is_automated)
            as automated_message_count,
        count(*) filter (where item_kind = 'note') as note_count,
        min(occurred_at) filter (where is_message and is_from_customer)
            as first_customer_message_at
    from conversation_items
    group by conversation_id

),

-- What an agent wrote before the customer did answers nothing.
replied as (

    select
        conversation_items.conversation_id,
        min(conversation_items.occurred_at) as first_agent_reply_at
    from conversation_items
    inner join counted
        on
            conversation_items.conversation_id = counted.conversation_id
            and conversation_items.occurred_at
            >= counted.first_customer_message_at
    where conversation_items.is_message and conversation_items.is_from_agent
    group by conversation_items.conversation_id

),

summed as (

    select
        conversation_ids.conversation_id,
        coalesce(counted.message_count, 0) as message_count,
        coalesce(counted.customer_message_count, 0) as customer_message_count,
        coalesce(counted.agent_message_count, 0) as agent_message_count,
        coalesce(counted.automated_message_count, 0)
            as automated_message_count,
        coalesce(counted.note_count, 0) as note_count,
        counted.first_customer_message_at,
        replied.first_agent_reply_at,
        {{ seconds_between(
            'counted.first_customer_message_at',
            'replied.first_agent_reply_at'
        ) }} as first_reply_seconds
    from conversation_ids
    left join counted
        on conversation_ids.conversation_id = counted.conversation_id
    left join replied
        on conversation_ids.conversation_id = replied.conversation_id

)

select * from summed
