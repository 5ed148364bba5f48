with

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

message_replies as (

    select * from {{ ref('int_message_replies_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_combined') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

messages as (

    select * from {{ ref('int_conversation_messages_summed') }}

),

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
    group by conversation_items.conversation_id

),

-- Where no message was exported: a contact that somebody outside began is what
-- they first wrote, and fulfilled by a response is what they first got.
contacted as (

    select
        conversation_ids.conversation_id,
        min(contacts.queued_at) as first_customer_message_at,
        min(contacts.fulfilled_at) filter (
            where
            contacts.fulfilled_type = 'responded'
            and contacts.fulfilled_at >= contacts.queued_at
        ) as first_agent_reply_at
    from contacts
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    where
        contacts.direction = 'inbound'
        and coalesce(contacts.initiator_type = 'customer', true)
    group by conversation_ids.conversation_id

),

-- The earliest that was captured is the first only of what began within the
-- extract: of what is older, nothing proves that nothing came before.
sourced as (

    select
        messages.conversation_id,
        case
            when
                messages.message_source_extract = 'conversation_items'
                and not coverage.is_older_than_items
                then 'conversation_items'
            when
                contacted.conversation_id is not null
                and not coverage.is_older_than_contacts
                then 'contacts'
        end as reply_source
    from messages
    left join contacted
        on messages.conversation_id = contacted.conversation_id
    left join coverage
        on messages.conversation_id = coverage.conversation_id

),

timed as (

    select
        sourced.conversation_id,
        {% for moment in [
            'first_customer_message_at', 'first_agent_reply_at',
        ] %}
            case sourced.reply_source
                when 'conversation_items' then written.{{ moment }}
                when 'contacts' then contacted.{{ moment }}
            end as {{ moment }},
        {% endfor %}
        sourced.reply_source
    from sourced
    left join written on sourced.conversation_id = written.conversation_id
    left join contacted
        on sourced.conversation_id = contacted.conversation_id

),

resolved as (

    select
        *,
        {{ seconds_between(
            'first_customer_message_at', 'first_agent_reply_at'
        ) }} as first_reply_seconds
    from timed

)

select * from resolved
