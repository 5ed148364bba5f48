{# Every time that can end up in a fact; a fact with another adds it here. #}
{% set moments = {
    'stg_gladly__conversation_export_report': [
        'created_at', 'first_closed_at', 'last_closed_at',
    ],
    'stg_gladly__contact_export_report': [
        'queued_at', 'offered_at', 'accepted_at', 'answered_at',
        'fulfilled_at', 'due_at', 'ended_at',
    ],
    'stg_gladly__work_session_events': [
        'contact_created_at', 'routed_at', 'accepted_at', 'fulfilled_at',
        'contact_ended_at',
    ],
    'stg_gladly__conversation_timestamps_report': ['occurred_at'],
    'stg_gladly__contact_timestamps_report': ['occurred_at'],
    'stg_gladly__agent_timestamps_report': ['recorded_at', 'occurred_at'],
    'stg_gladly__events': [
        'occurred_at', 'agent_occurred_at', 'went_away_at', 'due_at',
        'context_created_at', 'context_due_at',
    ],
    'stg_gladly__conversation_items': ['occurred_at'],
    'stg_gladly__conversations': ['created_at', 'closed_at'],
    'stg_gladly__tasks': ['created_at', 'due_at'],
} %}

with

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

answer_usage as (

    select * from {{ ref('stg_gladly__answer_usage_report') }}

),

observed as (

    {% for model, columns in moments.items() %}
        {% set times = (columns + ['_captured_at']) | join(', ') %}
        select
            {{ to_reporting_date('min(least(' ~ times ~ '))') }} as first_date,
            {{ to_reporting_date('max(greatest(' ~ times ~ '))') }} as last_date
        from {{ ref(model) }}

        union all

    {% endfor %}
    -- Already days, of whichever time zone the report was asked for in.
    select
        min(usage_date) as first_date,
        max(usage_date) as last_date
    from answer_usage

    union all

    select
        as_of_date as first_date,
        as_of_date as last_date
    from reporting_moments

),

bounded as (

    select
        min(first_date) as first_date,
        max(last_date) as last_date
    from observed

)

select * from bounded
