with

agent_status_events as (

    select * from {{ ref('int_agent_status_events_sequenced') }}

),

translated as (

    select
        *,
        case event_type
            when 'agent_status_logged_in' then 'active'
            when 'agent_status_returned_from_away' then 'active'
            when 'agent_status_went_away' then 'away'
            when 'agent_status_logged_out' then 'logged_out'
        end as new_status
    from agent_status_events

),

-- Another active reason leaves the status as it is; as the first thing known
-- of an agent it proves that they are active.
standing as (

    select
        *,
        coalesce(
            {{ last_known('new_status') }} over (
                partition by agent_id
                order by event_number
                rows between unbounded preceding and current row
            ),
            'active'
        ) as status
    from translated

),

-- No agent is active for anything while away or logged out. What a type that is
-- not known says of an agent is not known either.
compared as (

    select
        *,
        lag(status) over (partition by agent_id order by event_number)
            as previous_status,
        lag(occurred_at) over (partition by agent_id order by event_number)
            as previous_occurred_at
    from standing
    where
        new_status is not null
        or (
            event_type = 'agent_status_changed_active_reason'
            and status = 'active'
        )

),

-- A status reported again, such as by a login from a second browser, goes on;
-- half a day later, what was in between is missing. So it is before somebody
-- logged out goes away.
judged as (

    select
        *,
        coalesce(
            occurred_at > previous_occurred_at + interval 12 hours
            and case event_type
                when 'agent_status_logged_in'
                    then previous_status != 'logged_out'
                when 'agent_status_logged_out'
                    then previous_status = 'logged_out'
                when 'agent_status_went_away'
                    then previous_status != 'active'
                when 'agent_status_returned_from_away'
                    then previous_status != 'away'
            end,
            false
        ) as is_change_missing_before
    from compared

),

reported as (

    select
        agent_id,
        event_number,
        occurred_at,
        -- What the agent is from then on, as far as it is known.
        case
            when
                lead(is_change_missing_before)
                    over (partition by agent_id order by event_number)
                then 'unknown'
            else status
        end as status,
        status as reported_status,
        case status
            when 'active' then active_reason
            when 'away' then away_reason
        end as reason,
        case
            when event_type = 'agent_status_returned_from_away'
                then away_reason
        end as reason_of_absence,
        event_type = 'agent_status_logged_in' as is_login
    from judged

),

resolved as (

    select
        agent_id,
        event_number,
        occurred_at,
        status,
        reported_status,
        reason,
        reason_of_absence,
        is_login
    from reported

    union all

    -- Whoever logs out or comes back first was logged in before, since when no
    -- extract reports.
    select
        agent_id,
        0 as event_number,
        {{ start_of_day(to_reporting_date('occurred_at')) }} as occurred_at,
        'unknown' as status,
        'unknown' as reported_status,
        cast(null as string) as reason,
        cast(null as string) as reason_of_absence,
        false as is_login
    from compared
    where
        previous_status is null
        and event_type in (
            'agent_status_logged_out', 'agent_status_returned_from_away'
        )

)

select * from resolved
