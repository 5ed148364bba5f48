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

begun as (

    select
        extract_name,
        least(covered_from, first_captured_at) as begins_at,
        last_captured_at
    from coverage
    where covered_from is not null

),

-- From the first moment in any of them, or the first capture, which can have
-- been empty, to the newest capture.
aggregated as (

    select
        {% for subject, extracts in subjects.items() %}
            {% set named = extracts | join("', '") %}
            {% set of_subject = (
                "filter (where extract_name in ('" ~ named ~ "'))"
            ) %}
            {{ to_reporting_date('min(begins_at) ' ~ of_subject) }}
                as {{ subject }}_from_date,
            {{ to_reporting_date('max(last_captured_at) ' ~ of_subject) }}
                as {{ subject }}_to_date,
            max(last_captured_at) {{ of_subject }} as {{ subject }}_to_at,
        {% endfor %}
        count(*) as extract_count
    from begun

)

select * from aggregated
