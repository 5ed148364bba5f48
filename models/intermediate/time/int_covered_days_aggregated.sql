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
    'closings': [
        'conversation_timestamps_report', 'events', 'conversation_items',
    ],
} %}

with

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}

),

-- From the first moment in any of them, or the first capture, which can have been
-- empty, to the newest capture.
aggregated as (

    select
        {% for subject, extracts in subjects.items() %}
            {% set of_subject %}
                filter (
                    where
                    covered_from is not null
                    and extract_name in ('{{ extracts | join("', '") }}')
                )
            {% endset %}
            {{ to_reporting_date(
                'min(least(covered_from, first_captured_at)) ' ~ of_subject
            ) }}
                as {{ subject }}_from_date,
            {{ to_reporting_date('max(last_captured_at) ' ~ of_subject) }}
                as {{ subject }}_to_date
            {{- ',' if not loop.last }}
        {% endfor %}
    from coverage

)

select * from aggregated
