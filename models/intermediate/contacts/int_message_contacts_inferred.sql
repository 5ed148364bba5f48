with

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

contacts_reported as (

    select * from {{ ref('int_message_contacts_matched') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

ends_inferred as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

messages_unlinked as (

    select
        conversation_items.item_id as message_id,
        conversation_items.conversation_id,
        conversation_items.channel,
        conversation_items.occurred_at as sent_at,
        case conversation_items.sender_type
            when 'customer' then 'inbound'
            when 'external' then 'inbound'
            when 'internal' then 'inbound'
            else 'outbound'
        end as direction
    from conversation_items
    left join contacts_reported
        on conversation_items.item_id = contacts_reported.message_id
    where
        conversation_items.is_message
        and contacts_reported.message_id is null

),

spans as (

    select
        contacts.contact_id,
        conversation_ids.conversation_id,
        contacts.channel,
        contacts.direction,
        contacts.queued_at - interval 2 minute as linked_from,
        contacts.queued_at,
        coalesce(contacts.ended_at, ends_inferred.over_by) as ended_at
    from contacts
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join ends_inferred on contacts.contact_id = ends_inferred.contact_id

),

candidates as (

    select
        messages_unlinked.message_id,
        spans.contact_id
    from messages_unlinked
    inner join spans
        on
            messages_unlinked.conversation_id = spans.conversation_id
            and messages_unlinked.channel = spans.channel
            and messages_unlinked.sent_at >= spans.linked_from
            and (
                spans.ended_at is null
                or messages_unlinked.sent_at <= spans.ended_at
            )
            -- What comes before a contact can only be what began it.
            and (
                messages_unlinked.sent_at >= spans.queued_at
                or messages_unlinked.direction = spans.direction
            )

),

-- Of several candidates none is likelier than the others.
inferred as (

    select
        message_id,
        min(contact_id) as contact_id
    from candidates
    group by message_id
    having count(*) = 1

)

select * from inferred
