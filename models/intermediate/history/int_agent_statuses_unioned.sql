with

changes as (

    select * from {{ ref('int_agent_status_changes_resolved') }}

),

gaps as (

    select * from {{ ref('int_agent_status_gaps_dated') }}

),

agents as (

    select
        agent_id,
        {{ start_of_day(to_reporting_date('min(occurred_at)')) }}
            as known_from
    from changes
    group by agent_id

),

unioned as (

    select
        agent_id,
        event_number,
        occurred_at,
        status,
        reported_status,
        reason,
        reason_of_absence,
        is_login
    from changes

    union all

    select
        agents.agent_id,
        cast(null as bigint) as event_number,
        gaps.gap_from as occurred_at,
        cast(null as string) as status,
        cast(null as string) as reported_status,
        cast(null as string) as reason,
        cast(null as string) as reason_of_absence,
        cast(null as boolean) as is_login
    from agents
    inner join gaps on agents.known_from <= gaps.gap_from

),

-- A change that is missing before the next may be in a gap that begins first:
-- until then all changes were pulled.
bounded as (

    select
        *,
        case
            when
                lead(status, 1, '') over (
                    partition by agent_id
                    order by occurred_at, event_number nulls last
                ) is null
                then coalesce(reported_status, status)
            else status
        end as status_until_next
    from unioned

),

carried as (

    select
        *,
        {{ last_known('status_until_next') }} over (
            partition by agent_id
            order by occurred_at, event_number nulls last
            rows between unbounded preceding and current row
        ) as last_status,
        lead(is_login) over (
            partition by agent_id
            order by occurred_at, event_number nulls last
        ) as is_login_next
    from bounded

),

-- Somebody logged in when a gap begins can have logged out in it, and somebody
-- logged out has logged in when the next change is no login. Of somebody
-- without a change before it, nothing is known of that day.
numbered as (

    select
        agent_id,
        row_number() over (
            partition by agent_id
            order by occurred_at, event_number nulls last
        ) as change_number,
        occurred_at,
        coalesce(status_until_next, 'unknown') as status,
        case when status_until_next != 'unknown' then reason end as reason,
        reason_of_absence
    from carried
    where
        status is not null
        or last_status is null
        or last_status in ('active', 'away')
        or (last_status = 'logged_out' and not is_login_next)

)

select * from numbered
