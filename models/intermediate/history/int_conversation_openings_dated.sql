with

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

followed as (

    select
        *,
        lead(is_beginning_reported, 1, true) over (
            partition by reported_conversation_id
            order by valid_from
        ) as is_end_dated
    from statuses

),

-- Closed by then, who knows since when: it may have been open for a moment.
dated as (

    select
        reported_conversation_id,
        valid_from as open_from,
        valid_to as open_to
    from followed
    where status = 'open' and is_end_dated

)

select * from dated
