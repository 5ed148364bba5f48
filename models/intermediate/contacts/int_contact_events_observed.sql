{% set api_first = 'case when event_id is null then 2 else 1 end asc' %}

with

contact_events as (

    select * from {{ ref('int_contact_events_combined') }}

),

ids_of_first_event as (

    select * from contact_events
    qualify row_number() over (
        partition by contact_id
        order by occurred_at asc, {{ api_first }}, contact_event_key asc
    ) = 1

),

-- Of several starts or fulfilments the first counts, of several ends the last.
moments_told as (

    select * from contact_events
    where
        event_type in (
            'contact_started', 'contact_fulfilled', 'contact_ended'
        )
    qualify row_number() over (
        partition by contact_id, event_type
        order by
            case when event_type != 'contact_ended' then occurred_at end asc,
            occurred_at desc,
            {{ api_first }},
            contact_event_key asc
    ) = 1

),

offers_told as (

    select
        contact_id,
        min(occurred_at) filter (where event_type = 'contact_offered')
            as offered_at,
        min(occurred_at) filter (where event_type = 'contact_offer_accepted')
            as accepted_at,
        bool_or(event_type = 'contact_transferred') as was_transferred
    from contact_events
    group by contact_id

),

observed as (

    select
        ids_of_first_event.contact_id,
        ids_of_first_event.reported_conversation_id,
        ids_of_first_event.reported_customer_id,
        ids_of_first_event.channel,
        start_told.occurred_at as started_at,
        start_told.initiator_type,
        start_told.assigned_inbox_id as started_inbox_id,
        offers_told.offered_at,
        offers_told.accepted_at,
        fulfilment_told.occurred_at as fulfilled_at,
        fulfilment_told.fulfilled_type,
        case when not offers_told.was_transferred then start_told.due_at end
            as due_at,
        end_told.occurred_at as ended_at,
        end_told.assigned_inbox_id as ended_inbox_id,
        end_told.assigned_agent_id as ended_agent_id,
        end_told.end_status as contact_status
    from ids_of_first_event
    left join moments_told as start_told
        on
            ids_of_first_event.contact_id = start_told.contact_id
            and start_told.event_type = 'contact_started'
    left join offers_told
        on ids_of_first_event.contact_id = offers_told.contact_id
    left join moments_told as fulfilment_told
        on
            ids_of_first_event.contact_id = fulfilment_told.contact_id
            and fulfilment_told.event_type = 'contact_fulfilled'
    left join moments_told as end_told
        on
            ids_of_first_event.contact_id = end_told.contact_id
            and end_told.event_type = 'contact_ended'

)

select * from observed
