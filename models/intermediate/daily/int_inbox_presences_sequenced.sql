{% set never = "cast('9999-12-31' as timestamp)" %}

with

stretches as (

    select * from {{ ref('int_inbox_stretches_matched') }}

),

-- Of two conversations that became one, both in the same inbox, the second is
-- no further conversation there; nor is a change of agent a new arrival.
{{ join_stretches(
    'stretches', 'conversation_id, inbox_id', 'entered_at', 'left_at',
    'entered_at, left_at, reported_conversation_id',
) }},

joined as (

    select
        conversation_id,
        inbox_id,
        stretch_number as presence_number,
        min(entered_at) as entered_at,
        min_by(entered_by, (entered_at, left_at, reported_conversation_id))
            as entered_by,
        max(left_at) as last_left_at,
        nullif(
            max_by(
                coalesce(left_by, ''), (left_at, reported_conversation_id)
            ),
            ''
        ) as left_by
    from numbered
    group by conversation_id, inbox_id, stretch_number

),

found as (

    select
        conversation_id,
        inbox_id,
        presence_number,
        entered_at,
        entered_by,
        nullif(last_left_at, {{ never }}) as left_at,
        left_by
    from joined

)

select * from found
