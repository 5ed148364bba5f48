with

events as (

    select * from {{ ref('int_conversation_events_combined') }}
    where not is_posthumous

),

snapshots as (

    select * from {{ ref('int_conversation_snapshots_weighed') }}
    where conversation_status in ('open', 'waiting', 'closed')

),

known as (

    select
        reported_conversation_id,
        min(conversation_id) as conversation_id,
        min(occurred_at) as first_event_at,
        min_by(event_type, event_number) filter (
            where
            event_type in (
                'conversation_created',
                'conversation_closed',
                'conversation_reopened'
            )
        ) as first_change
    from events
    group by reported_conversation_id

),

observed as (

    select
        reported_conversation_id,
        occurred_at as observed_at,
        event_number,
        case event_type when 'conversation_closed' then 'closed' else 'open' end
            as status
    from events
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )

    union all

    -- Until its first known change it was in the other status.
    select
        reported_conversation_id,
        first_event_at as observed_at,
        0 as event_number,
        case first_change
            when 'conversation_closed' then 'open' else 'closed'
        end as status
    from known
    where first_change in ('conversation_closed', 'conversation_reopened')

    union all

    select
        reported_conversation_id,
        observed_at,
        event_number,
        case conversation_status when 'closed' then 'closed' else 'open' end
            as status
    from snapshots

),

-- The last of several changes in one moment is the one that lasts.
lasting as (

    select
        known.conversation_id,
        observed.reported_conversation_id,
        observed.observed_at,
        observed.status
    from observed
    left join known
        on observed.reported_conversation_id = known.reported_conversation_id
    qualify row_number() over (
        partition by observed.reported_conversation_id, observed.observed_at
        order by observed.event_number desc
    ) = 1

)

select * from lasting
