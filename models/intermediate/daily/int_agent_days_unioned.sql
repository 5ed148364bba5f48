with

status_days as (

    select * from {{ ref('int_agent_status_days_allocated') }}

),

status_events as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

activities as (

    select * from {{ ref('int_agent_activities_aggregated') }}

),

-- Of a contact that Work Sessions does not have anybody may have had the work.
unreported_work as (

    select {{ to_reporting_date('ended_at') }} as activity_date
    from {{ ref('int_contact_work_resolved') }}
    where
        work_session_count is null
        and coalesce(handle_seconds, 1) + coalesce(after_contact_seconds, 0) > 0
    group by activity_date

),

first_captures as (

    select min(from_date) as first_captured_date
    from {{ ref('int_covered_stretches_sequenced') }}
    where subject = 'agent_statuses'

),

gaps as (

    select * from {{ ref('int_agent_status_gaps_dated') }}

),

status_gaps as (

    select
        {{ days_between(
            to_reporting_date('gap_from'),
            to_reporting_date('gap_to - interval 1 microsecond')
        ) }} as activity_date
    from gaps
    where gap_from is not null

),

first_pulls as (

    select min(gap_to) as first_pulled_from
    from gaps
    where gap_from is null

),

days_in_gaps as (

    select distinct activity_date from status_gaps

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

reported_days as (

    select
        agent_id,
        activity_date
    from status_days
    where seconds is not null

    union

    select
        agent_id,
        activity_date
    from activities

),

-- By when they were recorded: what a return or a late record says of the day
-- before does not mean that changes of that day were pulled.
first_statuses as (

    select
        min({{ to_reporting_date('coalesce(recorded_at, occurred_at)') }})
            as first_status_date
    from status_events

),

-- Nothing is known before the first status of any agent, or the first capture
-- of Agent Timestamps, which can have been empty; and not all of the day within
-- which the first pull begins.
unioned as (

    select
        reported_days.agent_id,
        reported_days.activity_date,
        coalesce(
            reported_days.activity_date >= least(
                first_statuses.first_status_date,
                first_captures.first_captured_date
            )
            and coalesce(
                {{ start_of_day('reported_days.activity_date') }}
                >= first_pulls.first_pulled_from,
                true
            )
            and days_in_gaps.activity_date is null,
            false
        ) as is_status_known,
        unreported_work.activity_date is null as is_work_reported
    from reported_days
    cross join reporting_moments
    cross join first_statuses
    cross join first_pulls
    cross join first_captures
    left join unreported_work
        on reported_days.activity_date = unreported_work.activity_date
    left join days_in_gaps
        on reported_days.activity_date = days_in_gaps.activity_date
    -- assert_every_work_session_has_a_day shows those without any time.
    where reported_days.activity_date <= reporting_moments.as_of_date

)

select * from unioned
