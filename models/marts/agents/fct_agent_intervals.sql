with

intervals as (

    select * from {{ ref('int_agent_statuses_sequenced') }}

),

half_hours as (

    select * from {{ ref('dim_half_hours') }}

),

-- An interval is repeated for its own half hours only.
repeated as (

    select
        *,
        {{ moments_from(
            half_hour_start('valid_from'), 'counted_to', '30 minutes'
        ) }} as half_hour_started_at
    from intervals
    where status != 'unknown'

),

-- Half hours of which a part is unknown: no others meet both.
ends_of_unknown as (

    select
        agent_id,
        {{ half_hour_start('valid_from') }} as half_hour_started_at
    from intervals
    where status = 'unknown'

    union

    select
        agent_id,
        {{ half_hour_start('counted_to') }} as half_hour_started_at
    from intervals
    where
        status = 'unknown'
        and counted_to > {{ half_hour_start('counted_to') }}

),

split as (

    select
        agent_id,
        status,
        half_hour_started_at,
        {{ seconds_between(
            'greatest(valid_from, half_hour_started_at)',
            'least(counted_to, half_hour_started_at + interval 30 minute)',
        ) }} as seconds
    from repeated

),

summed as (

    select
        agent_id,
        half_hour_started_at,
        round(sum(seconds), 3) as logged_in_seconds,
        round(coalesce(sum(seconds) filter (where status = 'active'), 0), 3)
            as active_seconds,
        round(coalesce(sum(seconds) filter (where status = 'away'), 0), 3)
            as away_seconds
    from split
    where seconds > 0
    group by agent_id, half_hour_started_at

),

described as (

    select
        {{ hashed_key([
            'summed.agent_id', 'summed.half_hour_started_at',
        ]) }} as agent_interval_key,
        summed.agent_id,

        -- when
        summed.half_hour_started_at,
        half_hours.half_hour_ended_at,
        half_hours.half_hour_date,
        half_hours.local_time,

        -- time
        summed.logged_in_seconds,
        summed.active_seconds,
        summed.away_seconds
    from summed
    left join ends_of_unknown
        on
            summed.agent_id = ends_of_unknown.agent_id
            and summed.half_hour_started_at
            = ends_of_unknown.half_hour_started_at
    -- Every moment of a status is a day of dim_dates, and so in a half hour.
    inner join half_hours
        on summed.half_hour_started_at = half_hours.half_hour_started_at
    where ends_of_unknown.agent_id is null

)

select * from described
