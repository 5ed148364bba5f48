with

status_changes as (

    select * from {{ ref('int_agent_status_events_deduplicated') }}

),

report_files as (

    select
        _extract_file,
        min(recorded_at) as first_recorded_at
    from {{ ref('stg_gladly__agent_timestamps_report') }}
    group by _extract_file

),

-- A file of more than a day was kept by days, not pulled from the API alone.
event_files as (

    select
        _extract_file,
        min(occurred_at) as first_occurred_at,
        bool_or(event_type like 'agent_status_%') as has_statuses
    from {{ ref('stg_gladly__events') }}
    group by _extract_file

),

status_events as (

    select bool_or(has_statuses) as are_pulled from event_files

),

extract_files as (

    select * from {{ ref('stg_gladly__extract_files') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- The report is asked for by days, and a file does not say which: surely from
-- that of its first row on, or of its capture.
report_captures as (

    select
        {{ start_of_day(to_reporting_date(
            'coalesce(report_files.first_recorded_at, '
            ~ 'extract_files.captured_at)'
        )) }} as pulled_from,
        extract_files.captured_at as pulled_to,
        count(report_files._extract_file) over () as report_file_count
    from extract_files
    left join report_files
        on extract_files.extract_file = report_files._extract_file
    where extract_files.extract_name = 'agent_timestamps_report'

),

-- The Events API gives at most 24 hours; one that has no event of an agent was
-- not asked for them. Pulls of a night differ in time: hence the last hours.
pulled as (

    select
        pulled_from,
        pulled_to,
        true as is_report
    from report_captures
    where report_file_count > 0

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
        extract_files.captured_at as pulled_to,
        false as is_report
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
    where pulled_from is not null
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
