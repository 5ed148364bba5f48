with

intervals as (

    select * from {{ ref('int_agent_statuses_sequenced') }}

),

-- An interval is repeated for its own days only, most often one.
repeated as (

    select
        *,
        {{ days_between(
            to_reporting_date('valid_from'),
            to_reporting_date('counted_to')
        ) }} as activity_date
    from intervals

),

bounded as (

    select
        *,
        greatest(valid_from, {{ start_of_day('activity_date') }})
            as starts_at,
        least(
            counted_to,
            {{ start_of_day("activity_date + interval 1 day") }}
        ) as ends_at
    from repeated

),

split as (

    select
        agent_id,
        status,
        valid_from,
        activity_date,
        case
            when status != 'unknown'
                then {{ seconds_between('starts_at', 'ends_at') }}
        end as seconds
    from bounded
    -- An interval that ends at midnight has no part of the day that begins, and
    -- one that begins after now none at all.
    where starts_at < ends_at

)

select * from split
