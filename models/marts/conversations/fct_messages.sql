with

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}
    where is_message

),

contacts_reported as (

    select * from {{ ref('int_message_contacts_matched') }}

),

contacts_inferred as (

    select * from {{ ref('int_message_contacts_inferred') }}

),

message_replies as (

    select * from {{ ref('int_message_replies_resolved') }}

),

joined as (

    select
        conversation_items.item_id as message_id,

        -- whose
        conversation_items.conversation_id,
        conversation_items.reported_conversation_id,
        conversation_items.customer_id,
        conversation_items.reported_customer_id,
        coalesce(contacts_reported.contact_id, contacts_inferred.contact_id)
            as contact_id,
        case
            when contacts_reported.message_id is not null
                then contacts_reported.contact_link_method
            when contacts_inferred.message_id is not null then 'inferred'
            else 'none'
        end as contact_link_method,

        -- what kind
        conversation_items.channel,
        conversation_items.content_type,

        -- who
        conversation_items.sender_type,
        conversation_items.agent_id,
        conversation_items.answered_by_agent_id,

        -- when and how much
        conversation_items.occurred_at as sent_at,
        {{ to_reporting_date('conversation_items.occurred_at') }} as sent_date,
        conversation_items.answered_at,
        message_replies.replied_at,
        conversation_items.content_length,

        -- flags
        coalesce(
            nullif(conversation_items.is_recording_redacted, false),
            conversation_items.content_length = 0,
            conversation_items.item_kind = 'message'
            and conversation_items.content_type != 'files',
            false
        ) as is_redacted,
        conversation_items.is_from_agent,
        conversation_items.is_from_customer,
        conversation_items.is_automated,
        coalesce(message_replies.is_to_customer, false) as is_to_customer,
        coalesce(message_replies.is_reply, false) as is_reply
    from conversation_items
    left join contacts_reported
        on conversation_items.item_id = contacts_reported.message_id
    left join contacts_inferred
        on conversation_items.item_id = contacts_inferred.message_id
    left join message_replies
        on conversation_items.item_id = message_replies.message_id

)

select * from joined
