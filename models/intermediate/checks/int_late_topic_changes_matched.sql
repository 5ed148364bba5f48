with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where
        event_type in ('conversation_topic_added', 'conversation_topic_removed')

),

statuses as (

    select
        *,
        lead(is_beginning_reported, 1, true) over (
            partition by reported_conversation_id
            order by valid_from
        ) as is_end_dated
    from {{ ref('int_conversation_statuses_sequenced') }}

),

-- What is changed in the moment of closing is changed with it. Where no extract
-- reports when it was reopened, it may have been open already.
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
    where statuses.status = 'closed' and statuses.is_end_dated
    group by all

)

select * from violations
