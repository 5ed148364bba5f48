with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

message_replies as (

    select * from {{ ref('int_message_replies_resolved') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

-- The earliest that was exported is the first only of what began within the
-- export jobs: of what is older, nothing proves that nothing came before.
written as (

    select
        conversation_items.conversation_id,
        min(conversation_items.occurred_at) filter (
            where conversation_items.is_from_customer
        ) as first_customer_message_at,
        min(message_replies.replied_at) as first_agent_reply_at
    from conversation_items
    inner join message_replies
        on conversation_items.item_id = message_replies.message_id
    inner join coverage
        on
            conversation_items.conversation_id = coverage.conversation_id
            and not coverage.is_older_than_items
    group by conversation_items.conversation_id

),

resolved as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        written.first_customer_message_at,
        written.first_agent_reply_at,
        {{ seconds_between(
            'written.first_customer_message_at', 'written.first_agent_reply_at'
        ) }} as first_reply_seconds
    from conversation_ids
    left join written
        on conversation_ids.reported_conversation_id = written.conversation_id
    where conversation_ids.hop_count = 0

)

select * from resolved
