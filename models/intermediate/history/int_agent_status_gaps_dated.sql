with

status_changes as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

pulls as (

    select * from {{ ref('int_pulls_dated') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

agent_events as (

    select bool_or(event_type like 'agent_status_%') as are_pulled from events

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- Events without any of an agent were pulled without those of agents. Pulls of
-- a night differ in time: hence the last hours.
pulled as (

    select
        pulls.pulled_from,
        pulls.surely_to as pulled_to,
        pulls.extract_name = 'agent_timestamps_report' as is_report
    from pulls
    cross join agent_events
    where
        pulls.extract_name = 'agent_timestamps_report'
        or (pulls.extract_name = 'events' and agent_events.are_pulled)

    union all

    select
        as_of - interval 22 hours as pulled_from,
        as_of as pulled_to,
        false as is_report
    from reporting_moments

),

followed as (

    select
        pulled_from as gap_to,
        max(pulled_to) over earlier as gap_from,
        coalesce(
            bool_or(is_report) over earlier and bool_or(is_report) over later,
            false
        ) as is_within_report
    from pulled
    window
        earlier as (
            order by pulled_from, pulled_to
            rows between unbounded preceding and 1 preceding
        ),
        later as (
            order by pulled_from, pulled_to
            rows between current row and unbounded following
        )

),

{{ gaps_with_presences('followed', 'status_changes') }},

-- A daily pull may be a little late. Between two files of the report where
-- nobody was there, nobody may have come. Before the first nothing was pulled.
dated as (

    select distinct
        gap_from,
        gap_to
    from gaps_with_presences
    where
        (not is_within_report or present_count > 0)
        and (gap_from is null or gap_to > gap_from + interval 1 hour)

)

select * from dated
