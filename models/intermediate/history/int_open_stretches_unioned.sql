{% set never = "cast('9999-12-31' as timestamp)" %}

with

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where status = 'open'

),

-- Until a merge two conversations of one family may be open at a time.
openings as (

    select
        conversation_id,
        reported_conversation_id,
        valid_from,
        coalesce(valid_to, {{ never }}) as valid_to
    from statuses

),

{{ join_stretches(
    'openings', 'conversation_id', 'valid_from', 'valid_to',
    'valid_from, reported_conversation_id',
) }},

joined as (

    select
        conversation_id,
        stretch_number as opening_number,
        min(valid_from) as open_from,
        nullif(max(valid_to), {{ never }}) as open_to
    from numbered
    group by conversation_id, stretch_number

)

select * from joined
