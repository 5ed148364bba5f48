with

contact_events as (

    select * from {{ ref('fct_contact_events') }}

),

-- What a transfer leads to: the next of these that happens to the contact.
followed as (

    select
        *,
        lead(event_type) over (
            partition by contact_id order by sequence_number
        ) as next_event_type,
        lead(occurred_at) over (
            partition by contact_id order by sequence_number
        ) as next_occurred_at,
        lead(coalesce(offered_agent_id, initiator_agent_id)) over (
            partition by contact_id order by sequence_number
        ) as next_agent_id
    from contact_events
    where
        event_type in (
            'contact_transferred', 'contact_offer_accepted', 'contact_ended'
        )

),

described as (

    select
        contact_event_key as contact_transfer_key,

        -- whose
        contact_id,
        conversation_id,
        customer_id,
        channel,

        -- when, why
        occurred_at as transferred_at,
        {{ to_reporting_date('occurred_at') }} as transferred_date,
        cast(row_number() over (
            partition by contact_id order by sequence_number
        ) as bigint) as transfer_number,
        transfer_type,
        reason,

        -- from where
        assigned_inbox_id as from_inbox_id,
        assigned_agent_id as from_agent_id,

        -- where to
        target_inbox_id as to_inbox_id,
        target_agent_id as to_agent_id,
        case next_event_type
            when 'contact_offer_accepted' then 'accepted'
            when 'contact_transferred' then 'transferred'
            when 'contact_ended' then 'ended'
            else 'waiting'
        end as outcome,
        case
            when next_event_type = 'contact_offer_accepted'
                then next_agent_id
        end as accepted_by_agent_id,
        case
            when next_event_type = 'contact_offer_accepted'
                then {{ seconds_between('occurred_at', 'next_occurred_at') }}
        end as transferred_to_accepted_seconds
    from followed
    where event_type = 'contact_transferred'

)

select * from described
