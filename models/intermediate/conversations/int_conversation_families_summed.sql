with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

channels as (

    select * from {{ ref('int_conversation_channels_listed') }}

),

contacts as (

    select * from {{ ref('int_conversation_contacts_summed') }}

),

messages as (

    select * from {{ ref('int_conversation_messages_summed') }}

),

topics as (

    select * from {{ ref('int_conversation_topics_summed') }}

),

families as (

    select
        conversation_id,
        count(*) filter (where hop_count > 0) as absorbed_conversation_count
    from conversation_ids
    group by conversation_id

),

summed as (

    select
        families.conversation_id,
        families.absorbed_conversation_count,
        channels.channels,
        coalesce(channels.channel_count, 0) as channel_count,
        coalesce(channels.is_multichannel, false) as is_multichannel,
        coalesce(contacts.contact_count, 0) as contact_count,
        coalesce(contacts.inbound_contact_count, 0) as inbound_contact_count,
        coalesce(contacts.outbound_contact_count, 0)
            as outbound_contact_count,
        contacts.first_channel,
        contacts.last_channel,
        coalesce(contacts.work_session_count, 0) as work_session_count,
        coalesce(contacts.agent_count, 0) as agent_count,
        coalesce(contacts.handle_seconds, 0) as handle_seconds,
        coalesce(contacts.after_contact_seconds, 0) as after_contact_seconds,
        coalesce(contacts.unknown_seconds, 0) as unknown_seconds,
        coalesce(messages.message_count, 0) as message_count,
        coalesce(messages.customer_message_count, 0)
            as customer_message_count,
        coalesce(messages.agent_message_count, 0) as agent_message_count,
        coalesce(messages.automated_message_count, 0)
            as automated_message_count,
        coalesce(messages.note_count, 0) as note_count,
        messages.first_customer_message_at,
        messages.first_agent_reply_at,
        messages.first_reply_seconds,
        coalesce(topics.topic_count, 0) as topic_count,
        coalesce(topics.is_untagged, true) as is_untagged
    from families
    left join channels on families.conversation_id = channels.conversation_id
    left join contacts on families.conversation_id = contacts.conversation_id
    left join messages on families.conversation_id = messages.conversation_id
    left join topics on families.conversation_id = topics.conversation_id

)

select * from summed
