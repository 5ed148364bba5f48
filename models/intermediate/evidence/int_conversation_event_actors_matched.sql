with

events as (

    select * from {{ ref('int_conversation_events_unioned') }}

),

actor_types as (

    select * from {{ ref('seed_actor_types') }}

),

-- Those that report every event, and in older versions no one who caused it.
lacking as (

    select
        source_extract,
        source_key,
        reported_conversation_id,
        event_type,
        coalesce(topic_id, '') as topic_id,
        occurred_at
    from events
    where
        initiator_type is null
        and source_extract in ('events', 'conversation_timestamps_report')

),

named as (

    select
        events.reported_conversation_id,
        events.event_type,
        coalesce(events.topic_id, '') as topic_id,
        events.occurred_at,
        events.source_key,
        events.precedence,
        coalesce(actor_types.actor_type, events.initiator_type)
            as initiator_type,
        events.initiator_id
    from events
    left join actor_types
        on
            events.initiator_type = actor_types.reported_value
            and actor_types.vocabulary = case
                when events.source_extract in ('events', 'conversation_items')
                    then 'item'
                else 'report'
            end
    where
        events.initiator_type is not null
        -- It knows an event by where it led, which these do not.
        and events.event_type != 'conversation_assignee_updated'

),

matched as (

    select
        lacking.source_extract,
        lacking.source_key,
        min_by(named.initiator_type, (named.precedence, named.source_key))
            as initiator_type,
        min_by(
            coalesce(named.initiator_id, ''),
            (named.precedence, named.source_key)
        ) as known_initiator_id
    from lacking
    inner join named
        on
            lacking.reported_conversation_id = named.reported_conversation_id
            and lacking.event_type = named.event_type
            and lacking.topic_id = named.topic_id
            and {{ is_within_tolerance(
                'lacking.occurred_at', 'named.occurred_at'
            ) }}
    group by lacking.source_extract, lacking.source_key

),

cleaned as (

    select
        source_extract,
        source_key,
        initiator_type,
        nullif(known_initiator_id, '') as initiator_id
    from matched

)

select * from cleaned
