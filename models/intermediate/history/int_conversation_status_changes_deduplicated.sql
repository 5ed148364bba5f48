with

states as (

    select * from {{ ref('int_conversation_statuses_unioned') }}

),

placed as (

    select
        *,
        max(
            case
                when known_until is null and not is_creation then observed_at
            end
        ) over (
            partition by reported_conversation_id
            order by observed_at
            rows between unbounded preceding and current row
        ) as last_change_at
    from states

),

-- What a capture may not have known yet, it does not deny.
believed as (

    select
        *,
        lag(status) over (
            partition by reported_conversation_id
            order by observed_at
        ) as previous_status
    from placed
    where
        known_until is null
        or last_change_at is null
        or last_change_at < known_until

),

observed as (

    select
        reported_conversation_id,
        observed_at,
        status,
        known_until is null as is_reported,
        is_change,
        source_extract
    from believed
    where
        known_until is null
        or previous_status is null
        or status != previous_status

    union all

    -- Until its first known change it was in the other status.
    select
        reported_conversation_id,
        known_from as observed_at,
        case status when 'closed' then 'open' else 'closed' end as status,
        false as is_reported,
        false as is_change,
        source_extract
    from believed
    where previous_status is null and known_from < observed_at

),

compared as (

    select
        *,
        lag(status) over (
            partition by reported_conversation_id
            order by observed_at
        ) as previous_status,
        lag(observed_at) over (
            partition by reported_conversation_id
            order by observed_at
        ) as previously_observed_at
    from observed

),

-- Reported closed twice within a second it was closed once, for reports drop
-- milliseconds. Later it was closed again, and reopened in between.
changes as (

    select
        reported_conversation_id,
        observed_at as changed_at,
        status,
        is_reported,
        case source_extract
            when 'events' then 1
            when 'conversation_timestamps_report' then 2
            when 'conversation_items' then 3
            else 4
        end as precedence,
        coalesce(status = previous_status, false) as is_repeated
    from compared
    where
        previous_status is null
        or status != previous_status
        or (
            is_change
            and observed_at > previously_observed_at + {{ time_tolerance() }}
        )

)

select * from changes
