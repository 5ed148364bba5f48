{# Groups of channels as Gladly names them. #}
{% set groups = ['mail', 'messaging', 'task', 'voice'] %}

with

agent_timestamps as (

    select * from {{ ref('stg_gladly__agent_timestamps_report') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

status_events as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

gaps as (

    select * from {{ ref('int_agent_status_gaps_dated') }}

),

agents as (

    select agent_id from agent_timestamps
    union
    select agent_id from events

),

-- Whoever logs out takes nothing, whether or not the update of it was captured.
updates as (

    select
        agent_id,
        coalesce(occurred_at, recorded_at) as occurred_at,
        available_for
    from agent_timestamps
    where available_for is not null

    union

    select
        agent_id,
        coalesce(agent_occurred_at, occurred_at) as occurred_at,
        available_for
    from events
    where available_for is not null and agent_id is not null

    union

    select
        agent_id,
        occurred_at,
        '[]' as available_for
    from status_events
    where event_type = 'agent_status_logged_out'

    union

    -- What somebody took when a gap begins may have ended in it.
    select
        agents.agent_id,
        gaps.gap_from as occurred_at,
        cast(null as string) as available_for
    from agents
    cross join gaps

),

changes as (

    {% for group in groups %}
        select
            agent_id,
            '{{ group }}' as channel_group,
            occurred_at,
            upper(available_for) like '%{{ group | upper }}%' as is_available
        from updates
        where occurred_at is not null

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- Of two at one moment, such as those of a logout, the one that ends it counts.
settled as (

    select
        agent_id,
        channel_group,
        occurred_at,
        bool_and(is_available) as is_available
    from changes
    group by agent_id, channel_group, occurred_at

),

news as (

    select
        *,
        lag(is_available) over (
            partition by agent_id, channel_group order by occurred_at
        ) as was_available
    from settled
    qualify was_available is distinct from is_available

),

sequenced as (

    select
        *,
        lead(occurred_at) over (
            partition by agent_id, channel_group order by occurred_at
        ) as valid_to,
        lead(is_available, 1, false) over (
            partition by agent_id, channel_group order by occurred_at
        ) is not null as is_end_reported
    from news

),

described as (

    select
        {{ hashed_key(['agent_id', 'channel_group', 'occurred_at']) }}
            as agent_availability_interval_key,
        agent_id,
        channel_group,
        occurred_at as valid_from,
        valid_to,
        {{ seconds_between('occurred_at', 'valid_to') }} as duration_seconds,
        valid_to is null as is_current,
        is_end_reported
    from sequenced
    where is_available

)

select * from described
