with

known as (

    select * from {{ ref('int_conversation_openings_unioned') }}

),

-- Openings told by two reports, or a few milliseconds apart, give intervals
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
    from known

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
