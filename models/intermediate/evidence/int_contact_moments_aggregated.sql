{% set api_first = 'case when event_id is null then 2 else 1 end asc' %}

with

contact_events as (

    select * from {{ ref('int_contact_events_deduplicated') }}

),

ids_of_first_event as (

    select * from contact_events
    qualify row_number() over (
        partition by contact_id
        order by occurred_at asc, {{ api_first }}, contact_event_key asc
    ) = 1

),

-- Of several starts or fulfilments the first counts, of several ends the last.
moments_reported as (

    select * from contact_events
    where
        event_type in (
            'contact_started', 'contact_fulfilled', 'contact_ended'
        )
    qualify row_number() over (
        partition by contact_id, event_type
        order by
            case
                when event_type != 'contact_ended' then occurred_at
            end asc nulls last,
            occurred_at desc,
            {{ api_first }},
            contact_event_key asc
    ) = 1

),

offers_recorded as (

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
        start_recorded.occurred_at as started_at,
        start_recorded.initiator_type,
        start_recorded.assigned_inbox_id as started_inbox_id,
        offers_recorded.offered_at,
        offers_recorded.accepted_at,
        fulfilment_recorded.occurred_at as fulfilled_at,
        fulfilment_recorded.fulfilled_type,
        case
            when not offers_recorded.was_transferred then start_recorded.due_at
        end as due_at,
        -- By the API, which names a due time where there is one.
        start_recorded.event_id is not null
        and not offers_recorded.was_transferred as is_sla_reported,
        end_recorded.occurred_at as ended_at,
        end_recorded.assigned_inbox_id as ended_inbox_id,
        end_recorded.assigned_agent_id as ended_agent_id,
        end_recorded.end_status as contact_status
    from ids_of_first_event
    left join moments_reported as start_recorded
        on
            ids_of_first_event.contact_id = start_recorded.contact_id
            and start_recorded.event_type = 'contact_started'
    left join offers_recorded
        on ids_of_first_event.contact_id = offers_recorded.contact_id
    left join moments_reported as fulfilment_recorded
        on
            ids_of_first_event.contact_id = fulfilment_recorded.contact_id
            and fulfilment_recorded.event_type = 'contact_fulfilled'
    left join moments_reported as end_recorded
        on
            ids_of_first_event.contact_id = end_recorded.contact_id
            and end_recorded.event_type = 'contact_ended'

)

select * from observed
