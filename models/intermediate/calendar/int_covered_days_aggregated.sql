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
                as {{ subject }}_reached_date,
            max(last_captured_at) {{ of_subject }} as {{ subject }}_to_at,
        {% endfor %}
        count(*) as extract_count
    from begun

),

-- Of a day within which they end the rest is unknown. So it is of today, but
-- there that is understood: a measure is what there was so far.
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
