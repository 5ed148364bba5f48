with

contact_events as (

    select * from {{ ref('fct_contact_events') }}

),

reported_events as (

    select * from {{ ref('int_contact_events_deduplicated') }}

),

-- Contact Timestamps prints a name alone: that of an inbox where no other ever
-- had it, until reports print another for it (R21).
inboxes_named as (

    select
        compared_name,
        max(entity_id) as inbox_id,
        max(coalesce(printed_to, timestamp '9999-12-31')) as printed_to
    from {{ ref('int_name_holders_aggregated') }}
    where entity = 'inbox'
    group by compared_name
    having count(distinct entity_id) = 1

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
        followed.contact_event_key as contact_transfer_key,

        -- whose
        followed.contact_id,
        followed.conversation_id,
        followed.customer_id,
        followed.channel,

        -- when, why
        followed.occurred_at as transferred_at,
        {{ to_reporting_date('followed.occurred_at') }} as transferred_date,
        cast(row_number() over (
            partition by followed.contact_id
            order by followed.sequence_number
        ) as bigint) as transfer_number,
        followed.transfer_type,
        followed.reason,

        -- from where
        followed.assigned_inbox_id as from_inbox_id,
        followed.assigned_agent_id as from_agent_id,

        -- where to
        coalesce(followed.target_inbox_id, inboxes_named.inbox_id)
            as to_inbox_id,
        followed.target_agent_id as to_agent_id,
        case followed.next_event_type
            when 'contact_offer_accepted' then 'accepted'
            when 'contact_transferred' then 'transferred'
            when 'contact_ended' then 'ended'
            else 'waiting'
        end as outcome,
        case
            when followed.next_event_type = 'contact_offer_accepted'
                then followed.next_agent_id
        end as accepted_by_agent_id,
        case
            when followed.next_event_type = 'contact_offer_accepted'
                then {{ seconds_between(
                    'followed.occurred_at', 'followed.next_occurred_at'
                ) }}
        end as transferred_to_accepted_seconds
    from followed
    left join reported_events
        on followed.contact_event_key = reported_events.contact_event_key
    left join inboxes_named
        on
            lower(trim(reported_events.target_inbox_name))
            = inboxes_named.compared_name
            and reported_events.target_named_at < inboxes_named.printed_to
    where followed.event_type = 'contact_transferred'

)

select * from described
