with

paired as (

    select * from {{ ref('int_contact_events_matched') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

actor_types as (

    select * from {{ ref('seed_actor_types') }}
    where vocabulary = 'report'

),

combined as (

    select
        -- Stays the same when the other source reports the event later on.
        {{ hashed_key([
            'paired.contact_id', 'paired.event_type',
            "date_trunc('second', paired.occurred_at)",
            'paired.place_at_moment',
        ]) }} as contact_event_key,
        paired.event_id,
        case
            when paired.contact_timestamp_key is null then 'events'
            when paired.event_id is null then 'contact_timestamps'
            else 'both'
        end as source_extract,

        -- what happened
        paired.contact_id,
        paired.event_type,
        paired.occurred_at,
        paired.place_at_moment,

        -- whose: the API reports it as it was, the report as of its capture
        coalesce(
            events.reported_conversation_id,
            contact_timestamps.reported_conversation_id
        ) as reported_conversation_id,
        coalesce(
            events.reported_customer_id,
            contact_timestamps.reported_customer_id
        ) as reported_customer_id,
        coalesce(events.channel, contact_timestamps.channel) as channel,

        -- who did it
        coalesce(
            events.initiator_type,
            actor_types.actor_type,
            contact_timestamps.initiator_type
        ) as initiator_type,
        case
            when events.initiator_type = 'agent' then events.initiator_id
            when contact_timestamps.initiator_type = 'agent'
                then contact_timestamps.initiator_id
        end as initiator_agent_id,

        -- assignment before
        coalesce(events.context_inbox_id, contact_timestamps.assigned_inbox_id)
            as assigned_inbox_id,
        coalesce(events.context_agent_id, contact_timestamps.assigned_agent_id)
            as assigned_agent_id,
        {% for owner in ['inbox', 'agent'] %}
            paired.event_id is not null
            or contact_timestamps.is_assigned_{{ owner }}_reported
                as is_assigned_{{ owner }}_reported,
        {% endfor %}

        -- particulars of some events
        events.agent_id as offered_agent_id,
        events.assignee_inbox_id as target_inbox_id,
        contact_timestamps.transferred_to_inbox_name as target_inbox_name,
        contact_timestamps._captured_at as target_named_at,
        events.assignee_agent_id as target_agent_id,
        events.message_id as reported_message_id,
        events.transfer_type,
        events.reason,
        events.fulfilled_type,
        events.contact_status as end_status,
        events.entry_point,
        events.due_at
    from paired
    left join events on paired.event_id = events.event_id
    left join contact_timestamps
        on
            paired.contact_timestamp_key
            = contact_timestamps.contact_event_key
    left join actor_types
        on contact_timestamps.initiator_type = actor_types.reported_value

)

select * from combined
