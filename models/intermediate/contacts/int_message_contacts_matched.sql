with

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

contact_events as (

    select * from {{ ref('int_contact_events_deduplicated') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

reported as (

    select
        item_ids.item_id,
        contact_events.contact_id,
        'event' as contact_link_method,
        1 as precedence,
        contact_events.occurred_at as reported_at,
        contact_events.event_id as account_key
    from contact_events
    inner join item_ids
        on contact_events.reported_message_id = item_ids.reported_item_id
    where
        contact_events.event_type in (
            'contact_message_received', 'contact_message_sent'
        )

    union all

    -- A call is its own contact under any id it ever had (R15).
    select
        item_ids.item_id,
        contacts.contact_id,
        'voice_id' as contact_link_method,
        2 as precedence,
        contacts.queued_at as reported_at,
        contacts.contact_id as account_key
    from item_ids
    inner join contacts on item_ids.reported_item_id = contacts.contact_id
    inner join conversation_items
        on
            item_ids.item_id = conversation_items.item_id
            and conversation_items.item_kind = 'call'

),

first_reported as (

    select
        reported.item_id as message_id,
        reported.contact_id,
        reported.contact_link_method
    from reported
    inner join conversation_items
        on
            reported.item_id = conversation_items.item_id
            and conversation_items.is_message
    qualify row_number() over (
        partition by reported.item_id
        order by reported.precedence, reported.reported_at, reported.account_key
    ) = 1

)

select * from first_reported
