{# Extracts whose records have a moment of their own, and which one their report
   or endpoint is asked by. All others are lists as of their capture. #}
{% set anchors = {
    'agent_timestamps_report': [
        'stg_gladly__agent_timestamps_report', 'recorded_at',
    ],
    'answer_usage_report': ['stg_gladly__answer_usage_report', 'usage_bucket'],
    'contact_export_report': [
        'stg_gladly__contact_export_captures', 'queued_at',
    ],
    'contact_timestamps_report': [
        'stg_gladly__contact_timestamps_report', 'occurred_at',
    ],
    'conversation_export_report': [
        'stg_gladly__conversation_export_captures', 'created_at',
    ],
    'conversation_items': ['stg_gladly__conversation_items', 'occurred_at'],
    'conversation_timestamps_report': [
        'stg_gladly__conversation_timestamps_report', 'occurred_at',
    ],
    'events': ['stg_gladly__events', 'occurred_at'],
    'work_session_events': [
        'stg_gladly__work_session_captures',
        'coalesce(contact_ended_at, contact_created_at)',
    ],
} %}

with

moments as (

    {% for extract, anchor in anchors.items() %}
        select
            '{{ extract }}' as extract_name,
            _extract_file as extract_file,
            {{ anchor[1] }} as moment_at
        from {{ ref(anchor[0]) }}

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

aggregated as (

    select
        extract_name,
        extract_file,
        {{ to_reporting_date('moment_at') }} as moment_date,
        min(moment_at) as first_moment_at,
        max(moment_at) as last_moment_at
    from moments
    where moment_at is not null
    group by extract_name, extract_file, {{ to_reporting_date('moment_at') }}

)

select * from aggregated
