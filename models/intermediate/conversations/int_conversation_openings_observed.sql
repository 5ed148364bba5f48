with

told as (

    select * from {{ ref('int_conversation_events_told') }}

),

openings as (

    select
        reported_conversation_id,
        occurred_at,
        event_type != 'conversation_closed' as is_opening
    from told
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )
    group by reported_conversation_id, occurred_at, is_opening

)

select * from openings
