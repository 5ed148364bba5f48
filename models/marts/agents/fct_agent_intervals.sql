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
    -- Every moment of a status is a day of dim_dates, and so in a half hour.
    inner join half_hours
        on summed.half_hour_started_at = half_hours.half_hour_started_at

)

select * from described
