{# Subject, and the extracts that cover it; a minute, for they print late. #}
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

lives as (

    select * from {{ ref('int_conversation_lives_dated') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

changes as (

    select
        conversation_id,
        max(valid_from) as changed_at
    from {{ ref('int_conversation_statuses_sequenced') }}
    group by conversation_id

),

moves as (

    select
        conversation_ids.conversation_id,
        max(greatest(contacts.queued_at, contacts.ended_at)) as moved_at
    from contacts
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

),

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
    from {{ ref('int_extract_coverage_aggregated') }}

),

-- A gap of items hides no topic where Conversation Timestamps reach over it.
held_against as (

    select
        lives.*,
        covered.*,
        greatest(lives.began_at, lives.last_closed_at, moves.moved_at)
            as last_moved_at,
        coalesce(
            greatest(changes.changed_at, moves.moved_at) > reports.captured_at,
            false
        ) as is_newer_than_export,
        lives.has_gap_of_items
        and not coalesce(
            lives.began_at >= covered.timestamps_covered_from
            and lives.ended_at <= covered.timestamps_covered_to,
            false
        ) as has_gap_of_topics
    from lives
    cross join covered
    left join moves on lives.conversation_id = moves.conversation_id
    left join changes on lives.conversation_id = changes.conversation_id
    left join reports on lives.conversation_id = reports.conversation_id

),

-- What is older than an extract, or began at an unknown moment, may be missing
-- in it; what lies within it is not. Of all else neither is certain.
compared as (

    select
        {% for subject, gap in {
            'contacts': 'false',
            'items': 'has_gap_of_items',
            'topics': 'has_gap_of_topics',
            'topic_events': 'has_gap_of_topics',
        }.items() %}
            {{ gap }} or coalesce(
                began_at < {{ subject }}_covered_from,
                {{ subject }}_covered_from is not null
                and began_at is null
            ) as is_older_than_{{ subject }},
            not {{ gap }} and coalesce(
                began_at >= {{ subject }}_covered_from
                and ended_at <= {{ subject }}_covered_to,
                false
            ) as is_covered_by_{{ subject }},
        {% endfor %}
        conversation_id,
        began_at,
        is_gone,
        has_gap_of_items,
        item_gap_from,
        items_covered_from,
        coalesce(ended_at > contacts_captured_to, false)
            as is_newer_than_contacts,
        coalesce(last_moved_at > items_covered_to, false)
            as is_newer_than_items,
        coalesce(last_moved_at > topic_events_covered_to, false)
            as is_newer_than_topic_events,
        is_newer_than_export
    from held_against

)

select * from compared
