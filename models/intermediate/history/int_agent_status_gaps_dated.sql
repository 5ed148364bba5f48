with

agent_timestamps as (

    select min(recorded_at) as first_recorded_at
    from {{ ref('stg_gladly__agent_timestamps_report') }}

),

-- A file that holds more than a day was not pulled from the Events API alone,
-- but kept by days.
event_files as (

    select
        _extract_file,
        min(occurred_at) as first_occurred_at,
        bool_or(event_type like 'agent_status_%') as has_statuses
    from {{ ref('stg_gladly__events') }}
    group by _extract_file

),

status_events as (

    select bool_or(has_statuses) as are_pulled
    from event_files

),

extract_files as (

    select * from {{ ref('stg_gladly__extract_files') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

report_captures as (

    select
        min(captured_at) as first_captured_at,
        max(captured_at) as last_captured_at
    from extract_files
    where extract_name = 'agent_timestamps_report'

),

-- The report is asked for by days, the Events API for at most the last 24
-- hours; one that has no event of an agent was not asked for them. All pulls of
-- a night need not be at one time, hence the hours before now.
pulled as (

    select
        {{ start_of_day(to_reporting_date(
            'least(agent_timestamps.first_recorded_at, '
            ~ 'report_captures.first_captured_at)'
        )) }} as pulled_from,
        report_captures.last_captured_at as pulled_to
    from agent_timestamps
    cross join report_captures
    where agent_timestamps.first_recorded_at is not null

    union all

    select
        case
            when
                event_files.first_occurred_at
                < extract_files.captured_at - interval 24 hours
                then
                    {{ start_of_day(
                        to_reporting_date('event_files.first_occurred_at')
                    ) }}
            else extract_files.captured_at - interval 24 hours
        end as pulled_from,
        extract_files.captured_at as pulled_to
    from extract_files
    cross join status_events
    left join event_files
        on extract_files.extract_file = event_files._extract_file
    where
        extract_files.extract_name = 'events'
        and status_events.are_pulled

    union all

    select
        as_of - interval 22 hours as pulled_from,
        as_of as pulled_to
    from reporting_moments

),

followed as (

    select
        pulled_from as gap_to,
        max(pulled_to) over (
            order by pulled_from, pulled_to
            rows between unbounded preceding and 1 preceding
        ) as gap_from
    from pulled
    where pulled_from is not null

),

-- A daily pull may be a little late. Before the first nothing was pulled.
dated as (

    select distinct
        gap_from,
        gap_to
    from followed
    where
        gap_to > gap_from + interval 1 hour
        or gap_from is null

)

select * from dated
