with

reported as (

    select * from {{ ref('int_conversation_events_unioned') }}

),

closings as (

    select * from {{ ref('int_conversation_closings_deduplicated') }}

),

known as (

    select
        reported_conversation_id,
        occurred_at,
        event_type != 'conversation_closed' as is_opening
    from reported
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )

    union all

    -- A capture shows it open, and no extract reports since when: at the
    -- earliest since its last closing, with or without milliseconds.
    select
        reported_conversation_id,
        closed_at + interval 1 second as occurred_at,
        true as is_opening
    from closings
    where was_reopened

),

openings as (

    select
        reported_conversation_id,
        occurred_at,
        is_opening
    from known
    group by reported_conversation_id, occurred_at, is_opening

)

select * from openings
