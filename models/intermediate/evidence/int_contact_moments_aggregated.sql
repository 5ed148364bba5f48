{% set api_first = 'case when event_id is null then 2 else 1 end' %}

with

contact_events as (

    select * from {{ ref('int_contact_events_deduplicated') }}

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
            {{ api_first }} asc,
            contact_event_key asc
    ) = 1

),

-- A later event can carry other ids after a merge: the first that has one.
contacts_observed as (

    select
        contact_id,
        {% for name in [
            'reported_conversation_id', 'reported_customer_id', 'channel',
        ] %}
            min_by(
                {{ name }}, (occurred_at, {{ api_first }}, contact_event_key)
            ) filter (where {{ name }} is not null) as {{ name }},
        {% endfor %}
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
        contacts_observed.contact_id,
        contacts_observed.reported_conversation_id,
        contacts_observed.reported_customer_id,
        contacts_observed.channel,
        start_recorded.occurred_at as started_at,
        start_recorded.initiator_type,
        start_recorded.entry_point,
        start_recorded.assigned_inbox_id as started_inbox_id,
        contacts_observed.offered_at,
        contacts_observed.accepted_at,
        fulfilment_recorded.occurred_at as fulfilled_at,
        fulfilment_recorded.fulfilled_type,
        fulfilment_recorded.assigned_inbox_id as fulfilled_inbox_id,
        case
            when not contacts_observed.was_transferred
                then start_recorded.due_at
        end as due_at,
        -- By the API, which names a due time where there is one.
        start_recorded.event_id is not null
        and not contacts_observed.was_transferred as is_sla_reported,
        end_recorded.occurred_at as ended_at,
        end_recorded.assigned_inbox_id as ended_inbox_id,
        end_recorded.assigned_agent_id as ended_agent_id,
        {% for owner in ['inbox', 'agent'] %}
            coalesce(end_recorded.is_assigned_{{ owner }}_reported, false)
                as is_ended_{{ owner }}_reported,
        {% endfor %}
        end_recorded.end_status as contact_status
    from contacts_observed
    left join moments_reported as start_recorded
        on
            contacts_observed.contact_id = start_recorded.contact_id
            and start_recorded.event_type = 'contact_started'
    left join moments_reported as fulfilment_recorded
        on
            contacts_observed.contact_id = fulfilment_recorded.contact_id
            and fulfilment_recorded.event_type = 'contact_fulfilled'
    left join moments_reported as end_recorded
        on
            contacts_observed.contact_id = end_recorded.contact_id
            and end_recorded.event_type = 'contact_ended'

)

select * from observed
