{# Subject, and the extracts that cover it. #}
{% set subjects = {
    'contacts': ['contact_export_report', 'work_session_events'],
    'items': ['conversation_items'],
    'timestamps': ['conversation_timestamps_report'],
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

item_gaps as (

    select
        gap_from,
        window_start_at as gap_to
    from {{ ref('int_item_windows_sequenced') }}
    where gap_from is not null

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
        lifecycles.last_closed_at,
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

moments as (

    select
        conversation_id,
        began_at as moment_at,
        cast(null as timestamp) as gap_from
    from lives
    where began_at is not null

    union all

    select
        cast(null as varchar) as conversation_id,
        gap_to as moment_at,
        gap_from
    from item_gaps

),

-- The first gap that ends after a conversation began.
looked_ahead as (

    select
        conversation_id,
        min(gap_from) over (
            order by moment_at desc, gap_from asc nulls first
            rows between unbounded preceding and current row
        ) as gap_from
    from moments

),

gaps_ahead as (

    select * from looked_ahead
    where conversation_id is not null and gap_from is not null

),

-- A gap of items hides no topic where Conversation Timestamps reach over it.
-- Of what is deleted or unresolved, no more than its last close is known.
interrupted as (

    select
        lives.*,
        coalesce(
            gaps_ahead.gap_from
            < coalesce(lives.ended_at, lives.last_closed_at, lives.began_at),
            false
        ) as has_gap_of_items,
        coalesce(
            gaps_ahead.gap_from
            < coalesce(lives.ended_at, lives.last_closed_at, lives.began_at)
            and not coalesce(
                lives.began_at >= covered.timestamps_covered_from
                and lives.ended_at <= covered.timestamps_covered_to,
                false
            ),
            false
        ) as has_gap_of_topics
    from lives
    cross join covered
    left join gaps_ahead
        on lives.conversation_id = gaps_ahead.conversation_id

),

-- What is older than an extract may be missing in it, and so may what began at
-- an unknown moment; what lies within it from beginning to end is not. Of all
-- else neither is certain.
compared as (

    select
        {% for subject, gap in {
            'contacts': 'false',
            'items': 'interrupted.has_gap_of_items',
            'topics': 'interrupted.has_gap_of_topics',
            'topic_events': 'interrupted.has_gap_of_topics',
        }.items() %}
            {{ gap }} or coalesce(
                interrupted.began_at < covered.{{ subject }}_covered_from,
                covered.{{ subject }}_covered_from is not null
                and interrupted.began_at is null
            ) as is_older_than_{{ subject }},
            not {{ gap }} and coalesce(
                interrupted.began_at >= covered.{{ subject }}_covered_from
                and interrupted.ended_at <= covered.{{ subject }}_covered_to,
                false
            ) as is_covered_by_{{ subject }},
        {% endfor %}
        interrupted.conversation_id,
        interrupted.began_at,
        interrupted.is_gone,
        coalesce(interrupted.ended_at > covered.contacts_captured_to, false)
            as is_newer_than_contacts
    from interrupted
    cross join covered

)

select * from compared
