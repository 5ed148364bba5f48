with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where not is_posthumous

),

captures as (

    select * from {{ ref('int_conversation_captures_compared') }}
    where conversation_status in ('open', 'waiting', 'closed')

),

reopenings as (

    select * from {{ ref('int_conversation_reopenings_inferred') }}

),

-- Reopened in the moment of its closing, it was closed. Reports and agents go
-- by the closing, so it is the reopening that is put a millisecond later.
changes as (

    select
        *,
        case
            when
                event_type = 'conversation_reopened'
                and event_number > max(
                    case
                        when event_type = 'conversation_closed'
                            then event_number
                    end
                ) over (partition by reported_conversation_id, happened_at)
                then happened_at + interval 1 millisecond
            else happened_at
        end as changed_at
    from events
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )

),

known as (

    select
        reported_conversation_id,
        min(occurred_at) as first_event_at,
        min(case when event_type = 'conversation_created' then occurred_at end)
            as created_at
    from events
    group by reported_conversation_id

),

observed as (

    select
        changes.reported_conversation_id,
        changes.changed_at as observed_at,
        cast(null as timestamp) as known_until,
        changes.event_number,
        case changes.event_type
            when 'conversation_closed' then 'closed' else 'open'
        end as status,
        changes.event_type = 'conversation_created' as is_creation,
        -- An item that says open may stand for less than a reopening.
        changes.event_type = 'conversation_closed'
        or (
            changes.event_type = 'conversation_reopened'
            and changes.source_extract != 'conversation_items'
        ) as is_change,
        case when known.created_at is null then known.first_event_at end
            as known_from,
        changes.source_extract
    from changes
    left join known
        on changes.reported_conversation_id = known.reported_conversation_id

    union all

    select
        reported_conversation_id,
        observed_at,
        known_until,
        null as event_number,
        case conversation_status when 'closed' then 'closed' else 'open' end
            as status,
        false as is_creation,
        false as is_change,
        null as known_from,
        'captures' as source_extract
    from captures

    union all

    select
        reported_conversation_id,
        reopened_at as observed_at,
        reopened_at as known_until,
        null as event_number,
        'open' as status,
        false as is_creation,
        false as is_change,
        null as known_from,
        'contacts' as source_extract
    from reopenings

),

-- The last of several changes in one moment is the one that lasts.
lasting as (

    select * from observed
    qualify row_number() over (
        partition by reported_conversation_id, observed_at
        order by
            known_until is not null asc,
            is_creation asc,
            event_number desc,
            status asc nulls last
    ) = 1

)

select * from lasting
