{# Subject, and the extracts that cover it. #}
{% set subjects = {
    'contacts': ['contact_export_report', 'work_session_events'],
    'items': ['conversation_items'],
    'topics': ['conversation_items', 'conversation_timestamps_report'],
    'topic_events': [
        'conversation_items', 'conversation_timestamps_report', 'events',
    ],
} %}

with

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

conversation_statuses as (

    select * from {{ ref('int_conversation_statuses_resolved') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- A minute, for reports that print whole seconds or a little late.
covered as (

    select
        {% for subject, extracts in subjects.items() %}
            {% set named = extracts | join("', '") %}
            min(covered_from) filter (
                where extract_name in ('{{ named }}')
            ) - interval 1 minute as {{ subject }}_covered_from,
            max(covered_to) filter (
                where extract_name in ('{{ named }}')
            ) + interval 1 minute as {{ subject }}_covered_to,
        {% endfor %}
        {% set named = subjects.contacts | join("', '") %}
        max(last_captured_at) filter (
            where extract_name in ('{{ named }}')
        ) + interval 1 day as contacts_captured_to
    from coverage

),

lives as (

    select
        lifecycles.conversation_id,
        least(reports.created_at, lifecycles.created_at) as began_at,
        case
            when conversation_statuses.conversation_status = 'closed'
                then lifecycles.last_closed_at
            when
                conversation_statuses.conversation_status
                in ('open', 'waiting')
                then reporting_moments.as_of
        end as ended_at,
        coalesce(
            conversation_statuses.conversation_status
            in ('deleted', 'unresolved'),
            false
        ) as is_gone
    from lifecycles
    cross join reporting_moments
    left join reports
        on lifecycles.conversation_id = reports.conversation_id
    left join conversation_statuses
        on
            lifecycles.conversation_id
            = conversation_statuses.conversation_id

),

-- What is older than an extract may be missing in it, and so may what began at
-- an unknown moment; what lies within it from beginning to end is not. Of all
-- else neither is certain.
compared as (

    select
        {% for subject in subjects %}
            coalesce(
                lives.began_at < covered.{{ subject }}_covered_from,
                covered.{{ subject }}_covered_from is not null
                and lives.began_at is null
            ) as is_older_than_{{ subject }},
            coalesce(
                lives.began_at >= covered.{{ subject }}_covered_from
                and lives.ended_at <= covered.{{ subject }}_covered_to,
                false
            ) as is_covered_by_{{ subject }},
        {% endfor %}
        lives.conversation_id,
        lives.began_at,
        lives.is_gone,
        coalesce(lives.ended_at > covered.contacts_captured_to, false)
            as is_newer_than_contacts
    from lives
    cross join covered

)

select * from compared
