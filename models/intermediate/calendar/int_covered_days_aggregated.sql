{# What reports the history of a conversation, from its creation on. #}
{% set histories = [
    'conversation_timestamps_report', 'events', 'conversation_items',
] %}
{# Subject of a daily measure, and the extracts that report it. #}
{% set subjects = {
    'contacts': [
        'contact_export_report', 'work_session_events',
        'contact_timestamps_report', 'events',
    ],
    'work': ['contact_export_report', 'work_session_events'],
    'work_sessions': ['work_session_events'],
    'items': ['conversation_items'],
    'agent_statuses': ['agent_timestamps_report'],
    'closings': histories,
    'topics': histories,
    'inbox_movements': [
        'conversation_export_report', 'conversation_timestamps_report',
        'events',
    ],
    'assignments': ['conversation_timestamps_report', 'events'],
} %}

with

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

extract_files as (

    select * from {{ ref('stg_gladly__extract_files') }}

),

event_files as (

    select
        _extract_file,
        min(occurred_at) as first_occurred_at
    from {{ ref('stg_gladly__events') }}
    group by _extract_file

),

-- The Events API reaches back 24 hours, and a daily pull may be a little late.
begun as (

    select
        extract_name,
        least(covered_from, first_captured_at) as first_at,
        least(covered_from, first_captured_at) as begins_at,
        last_captured_at
    from coverage
    where covered_from is not null and extract_name != 'events'

    union all

    select
        extract_files.extract_name,
        coalesce(event_files.first_occurred_at, extract_files.captured_at)
            as first_at,
        least(
            extract_files.captured_at - interval 25 hours,
            event_files.first_occurred_at
        ) as begins_at,
        extract_files.captured_at as last_captured_at
    from extract_files
    inner join coverage on extract_files.extract_name = coverage.extract_name
    left join event_files
        on extract_files.extract_file = event_files._extract_file
    where
        extract_files.extract_name = 'events'
        and coverage.covered_from is not null

),

of_subjects as (

    {% for subject, extracts in subjects.items() %}
        {% set named = extracts | join("', '") %}
        {% set is_reported = "extract_name in ('" ~ named ~ "')" %}
        select
            '{{ subject }}' as subject,
            begun.*
        from begun
        where {{ is_reported }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

{{ join_stretches(
    'of_subjects', 'subject', 'begins_at', 'last_captured_at', 'begins_at'
) }},

lasting as (

    select * from numbered
    qualify stretch_number = max(stretch_number) over (partition by subject)

),

aggregated as (

    select
        {% for subject in subjects %}
            {% set of_subject = "filter (where subject = '" ~ subject ~ "')" %}
            {{ to_reporting_date('min(first_at) ' ~ of_subject) }}
                as {{ subject }}_from_date,
            {{ to_reporting_date('max(last_captured_at) ' ~ of_subject) }}
                as {{ subject }}_reached_date,
            max(last_captured_at) {{ of_subject }} as {{ subject }}_to_at,
        {% endfor %}
        (select count(distinct extract_name) from begun) as extract_count
    from lasting

),

-- The day within which they end is unknown; of today it is understood.
bounded as (

    select
        {% for subject in subjects %}
            {% set reached_date = 'aggregated.' ~ subject ~ '_reached_date' %}
            aggregated.{{ subject }}_from_date,
            aggregated.{{ subject }}_to_at,
            case
                when {{ reached_date }} < reporting_moments.as_of_date
                    then cast({{ reached_date }} - interval 1 day as date)
                else {{ reached_date }}
            end as {{ subject }}_to_date,
        {% endfor %}
        aggregated.extract_count
    from aggregated
    cross join reporting_moments

)

select * from bounded
