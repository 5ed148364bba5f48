with

observed as (

    select * from {{ ref('int_conversation_statuses_compared') }}

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
        source_extract,
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
