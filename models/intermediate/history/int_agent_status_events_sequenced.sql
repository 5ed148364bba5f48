with

status_events as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

placed as (

    select
        *,
        case event_type
            when 'agent_status_went_away' then 1
            when 'agent_status_returned_from_away' then 2
            when 'agent_status_logged_out' then 3
            when 'agent_status_logged_in' then 4
            else 5
        end as place
    from status_events

),

neighboured as (

    select
        *,
        max_by(
            case when place < 5 then event_type end,
            (place < 5, occurred_at, recorded_at, place)
        ) over (
            partition by agent_id
            order by occurred_at
            range between unbounded preceding
            and interval 1 microsecond preceding
        ) as previous_type,
        min_by(
            case when place < 5 then event_type end,
            (place = 5, occurred_at, recorded_at, place)
        ) over (
            partition by agent_id
            order by occurred_at
            range between interval 1 microsecond following
            and unbounded following
        ) as next_type
    from placed

),

-- What an agent was before the moment, as far as it says what comes first then.
-- Of somebody of whom nothing was known, a login that follows says the same,
-- and so does a moment without a logout.
preceded as (

    select
        *,
        case
            when previous_type is not null then previous_type
            when
                coalesce(next_type = 'agent_status_logged_in', true)
                or bool_and(event_type != 'agent_status_logged_out')
                    over (partition by agent_id, occurred_at)
                then 'agent_status_logged_out'
        end as type_before
    from neighboured

),

-- Within one moment the order of recording counts. Where that is one too,
-- whoever was logged out logs in first, whoever was away returns first; else
-- the likelier order does: an absence of no length, a session that takes over.
numbered as (

    select
        agent_id,
        event_type,
        occurred_at,
        recorded_at,
        away_reason,
        active_reason,
        row_number() over (
            partition by agent_id
            order by
                occurred_at,
                recorded_at nulls last,
                case
                    when
                        type_before = 'agent_status_logged_out'
                        and event_type = 'agent_status_logged_in'
                        then 0
                    when
                        type_before = 'agent_status_went_away'
                        and event_type = 'agent_status_returned_from_away'
                        then 0
                    else place
                end,
                event_type
        ) as event_number
    from preceded

)

select * from numbered
