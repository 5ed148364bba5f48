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

deduplicated as (

    select
        reported_conversation_id,
        occurred_at,
        is_opening
    from known
    group by reported_conversation_id, occurred_at, is_opening

),

-- Openings in two reports, or a few milliseconds apart, give intervals
-- that overlap and end together: the question is only whether it was open.
intervals as (

    select
        reported_conversation_id,
        is_opening,
        occurred_at as open_from,
        min(case when not is_opening then occurred_at end) over (
            partition by reported_conversation_id
            order by occurred_at
            range between current row and unbounded following
        ) as open_to
    from deduplicated

),

open_intervals as (

    select
        reported_conversation_id,
        open_from,
        open_to
    from intervals
    where is_opening

)

select * from open_intervals
