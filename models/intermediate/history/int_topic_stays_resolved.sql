with

stays as (

    select * from {{ ref('int_topic_stays_sequenced') }}

),

started as (

    select
        *,
        coalesce(added_at, timestamp '1900-01-01') as starts_at
    from stays

),

-- Two conversations that became one may both have had the topic for a while.
compared as (

    select
        *,
        case
            when bool_or(removed_at is null) over earlier then 0
            when starts_at < max(removed_at) over earlier then 0
            else 1
        end as start_count
    from started
    window earlier as (
        partition by conversation_id, topic_id
        order by
            starts_at asc,
            reported_conversation_id asc,
            event_number asc nulls last
        rows between unbounded preceding and 1 preceding
    )

),

numbered as (

    select
        *,
        sum(start_count) over (
            partition by conversation_id, topic_id
            order by
                starts_at asc,
                reported_conversation_id asc,
                event_number asc nulls last
            rows between unbounded preceding and current row
        ) as interval_number
    from compared

),

first_reported as (

    select
        *,
        row_number() over (
            partition by conversation_id, topic_id, interval_number
            order by
                added_at asc nulls last, reported_conversation_id asc,
                event_number asc nulls last
        ) = 1 as is_first
    from numbered

),

merged as (

    select
        conversation_id,
        topic_id,
        cast(interval_number as bigint) as interval_number,
        min(added_at) as added_at,
        case when count(*) = count(removed_at) then max(removed_at) end
            as removed_at,
        max(added_by_type) filter (where is_first) as added_by_type,
        max(added_by_agent_id) filter (where is_first) as added_by_agent_id
    from first_reported
    group by conversation_id, topic_id, interval_number

)

select * from merged
