with

messages as (

    select * from {{ ref('int_conversation_items_resolved') }}
    where is_message

),

recipients as (

    select * from {{ ref('int_message_recipients_compared') }}

),

-- Who answered an outbound call says more than the number that was dialled.
addressed as (

    select
        messages.item_id as message_id,
        messages.conversation_id,
        messages.occurred_at,
        messages.answered_at,
        messages.responder_type,
        messages.content_type = 'phone_call' as is_call,
        messages.is_from_customer,
        messages.is_from_agent,
        not messages.is_from_customer
        and coalesce(
            messages.sender_type not in ('internal', 'external'), true
        )
        and coalesce(
            messages.responder_type = 'customer',
            recipients.is_to_customer,
            true
        ) as is_to_customer
    from messages
    left join recipients on messages.item_id = recipients.message_id

),

-- A call answers at the moment it is answered, and not at all when it never is.
-- The customer's own is answered by an agent, unless it says by whom else.
timed as (

    select
        message_id,
        is_to_customer,
        case
            when
                is_call
                and is_from_customer
                and coalesce(responder_type = 'agent', true)
                then answered_at
            when is_from_agent and is_to_customer and is_call
                then answered_at
            when is_from_agent and is_to_customer
                then occurred_at
        end as replied_at,
        min(occurred_at) filter (where is_from_customer) over (
            partition by conversation_id
        ) as first_customer_message_at
    from addressed

),

-- What an agent wrote before the customer did answers nothing.
resolved as (

    select
        message_id,
        is_to_customer,
        coalesce(replied_at >= first_customer_message_at, false) as is_reply,
        case
            when replied_at >= first_customer_message_at then replied_at
        end as replied_at
    from timed

)

select * from resolved
