{% set never = "cast('9999-12-31' as timestamp)" %}

with

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where status = 'open'

),

-- Until a merge two conversations of one family may be open at a time.
followed as (

    select
        conversation_id,
        reported_conversation_id,
        valid_from,
        coalesce(valid_to, {{ never }}) as valid_to,
        max(coalesce(valid_to, {{ never }})) over (
            partition by conversation_id
            order by valid_from, reported_conversation_id
            rows between unbounded preceding and 1 preceding
        ) as open_until
    from statuses

),

numbered as (

    select
        *,
        count(*) filter (
            where open_until is null or valid_from > open_until
        ) over (
            partition by conversation_id
            order by valid_from, reported_conversation_id
            rows between unbounded preceding and current row
        ) as opening_number
    from followed

),

joined as (

    select
        conversation_id,
        opening_number,
        min(valid_from) as open_from,
        nullif(max(valid_to), {{ never }}) as open_to
    from numbered
    group by conversation_id, opening_number

)

select * from joined
