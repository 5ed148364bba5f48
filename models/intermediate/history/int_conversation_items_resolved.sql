with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

content_types as (

    select * from {{ ref('seed_content_types') }}

),

channels as (

    select * from {{ ref('seed_channels') }}
    where vocabulary = 'content_type'

),

resolved as (

    select
        conversation_items.conversation_item_id as item_id,

        -- whose
        conversation_ids.conversation_id,
        conversation_items.reported_conversation_id,
        coalesce(conversation_owners.customer_id, customer_ids.customer_id)
            as customer_id,
        conversation_items.reported_customer_id,

        -- what it is
        conversation_items.content_type,
        content_types.item_kind,
        coalesce(content_types.is_message, false) as is_message,
        channels.channel,
        conversation_items.content_length,
        conversation_items.is_recording_redacted,

        -- who did it
        conversation_items.initiator_type as sender_type,
        case
            when conversation_items.initiator_type = 'agent'
                then conversation_items.initiator_id
        end as agent_id,
        case
            when conversation_items.responder_type = 'agent'
                then conversation_items.responder_id
        end as answered_by_agent_id,
        coalesce(conversation_items.initiator_type = 'agent', false)
            as is_from_agent,
        coalesce(conversation_items.initiator_type = 'customer', false)
            as is_from_customer,
        -- Rules, programs, and Gladly itself with its AI.
        coalesce(
            conversation_items.initiator_type in (
                'api', 'automation', 'system'
            ),
            false
        ) as is_automated,
        conversation_items.responder_type,
        coalesce(
            conversation_items.responder_type = 'agent'
            and conversation_items.answered_at is not null,
            false
        ) as is_answered_by_agent,

        conversation_items.occurred_at,
        conversation_items.answered_at
    from conversation_items
    inner join item_ids
        on
            conversation_items.conversation_item_id = item_ids.reported_item_id
            -- An item issued again goes by its newest id (R15).
            and item_ids.resolution_status = 'current'
    left join conversation_ids
        on
            conversation_items.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join conversation_owners
        on
            conversation_ids.conversation_id
            = conversation_owners.conversation_id
    left join customer_ids
        on
            conversation_items.reported_customer_id
            = customer_ids.reported_customer_id
    left join content_types
        on conversation_items.content_type = content_types.content_type
    left join channels
        on conversation_items.content_type = channels.reported_value

)

select * from resolved
