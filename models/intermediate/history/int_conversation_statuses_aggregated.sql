with

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where not is_posthumous

),

creations as (

    select * from events
    where event_type = 'conversation_created'

),

last_closings as (

    select * from events
    where event_type = 'conversation_closed'
    qualify row_number() over (
        partition by reported_conversation_id
        order by event_number desc
    ) = 1

),

counted as (

    select
        reported_conversation_id,
        min(valid_from) filter (where status = 'closed') as first_closed_at,
        max(valid_from) filter (where status = 'closed') as last_closed_at,
        count(*) filter (where status = 'closed') as close_count,
        count(*) filter (where status = 'closed' and ended_by = 'reopened')
            as reopen_count
    from statuses
    group by reported_conversation_id

),

-- Without its creation, nobody knows what happened before its first event.
summed as (

    select
        counted.reported_conversation_id,
        creations.occurred_at as created_at,
        case
            when creations.occurred_at is not null then counted.first_closed_at
        end as first_closed_at,
        counted.last_closed_at,
        case when creations.occurred_at is not null then counted.close_count end
            as close_count,
        case
            when creations.occurred_at is not null then counted.reopen_count
        end as reopen_count,
        -- Of a later closing that no event reports, neither is known.
        case
            when last_closings.happened_at >= counted.last_closed_at
                then last_closings.previous_inbox_id
        end as last_closed_inbox_id,
        case
            when last_closings.happened_at >= counted.last_closed_at
                then last_closings.previous_agent_id
        end as last_closed_agent_id,
        case
            when last_closings.happened_at >= counted.last_closed_at
                then last_closings.initiator_type
        end as last_closed_by_type
    from counted
    left join creations
        on
            counted.reported_conversation_id
            = creations.reported_conversation_id
    left join last_closings
        on
            counted.reported_conversation_id
            = last_closings.reported_conversation_id

)

select * from summed
