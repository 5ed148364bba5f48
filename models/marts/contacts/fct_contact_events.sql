with

contact_events as (

    select * from {{ ref('int_contact_events_deduplicated') }}

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

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

messages as (

    select * from {{ ref('int_conversation_items_resolved') }}
    where is_message

),

-- An agent who accepts at the moment of a transfer from them had accepted
-- before it.
grouped as (

    select
        *,
        bool_or(event_type = 'contact_transferred') over (
            partition by
                contact_id,
                occurred_at,
                case
                    when event_type = 'contact_transferred'
                        then coalesce(assigned_agent_id, '')
                    else coalesce(offered_agent_id, initiator_agent_id)
                end
        ) as is_before_transfer
    from contact_events

),

-- Gladly gives several events of a contact one time: what must come first then
-- stands first.
ordered as (

    select
        *,
        row_number() over (
            partition by contact_id
            order by
                occurred_at,
                case event_type
                    when 'contact_started' then 1
                    when 'contact_offered'
                        then case when is_before_transfer then 2 else 5 end
                    when 'contact_offer_accepted'
                        then case when is_before_transfer then 3 else 6 end
                    when 'contact_transferred' then 4
                    when 'contact_offer_rejected' then 6
                    when 'contact_fulfilled' then 8
                    when 'contact_ended' then 9
                    else 7
                end,
                event_type,
                place_at_moment
        ) as sequence_number
    from grouped

),

joined as (

    select
        ordered.contact_event_key,
        ordered.event_id,
        ordered.source_extract,

        -- whose
        ordered.contact_id,
        coalesce(
            conversation_ids.conversation_id, contact_owners.conversation_id
        ) as conversation_id,
        ordered.reported_conversation_id,
        coalesce(
            conversation_owners.customer_id,
            customer_ids.customer_id,
            contact_owners.customer_id
        ) as customer_id,
        ordered.reported_customer_id,
        coalesce(ordered.channel, contact_owners.channel) as channel,

        -- what happened
        ordered.event_type,
        ordered.occurred_at,
        cast(ordered.sequence_number as bigint) as sequence_number,
        {% for column in [
            'initiator_type', 'initiator_agent_id', 'assigned_inbox_id',
            'assigned_agent_id', 'offered_agent_id', 'target_inbox_id',
            'target_agent_id', 'reported_message_id', 'transfer_type',
            'reason', 'fulfilled_type', 'end_status', 'due_at',
        ] %}
            ordered.{{ column }},
        {% endfor %}
        messages.item_id as message_id
    from ordered
    left join conversation_ids
        on
            ordered.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join conversation_owners
        on
            conversation_ids.conversation_id
            = conversation_owners.conversation_id
    left join customer_ids
        on ordered.reported_customer_id = customer_ids.reported_customer_id
    left join contact_owners on ordered.contact_id = contact_owners.contact_id
    left join item_ids
        on ordered.reported_message_id = item_ids.reported_item_id
    left join messages on item_ids.item_id = messages.item_id

)

select * from joined
