with

events as (

    select * from {{ ref('int_conversation_events_combined') }}
    where
        event_type in ('conversation_topic_added', 'conversation_topic_removed')

),

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

-- What is changed in the moment of closing is changed with it.
violations as (

    select
        events.reported_conversation_id,
        events.conversation_id,
        events.topic_id,
        events.event_type = 'conversation_topic_added' as is_addition,
        events.occurred_at,
        statuses.valid_from as closed_at
    from events
    inner join statuses
        on
            events.reported_conversation_id = statuses.reported_conversation_id
            and events.occurred_at > statuses.valid_from
            and (
                statuses.valid_to is null
                or events.occurred_at < statuses.valid_to
            )
    where statuses.status = 'closed'
    group by all

)

select * from violations
