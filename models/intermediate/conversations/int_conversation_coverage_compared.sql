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

lives as (

    select * from {{ ref('int_conversation_lives_dated') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

-- When something last happened to it that is not an item.
last_contacts as (

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

-- A gap of items hides no topic where Conversation Timestamps reach over it.
held_against as (

    select
        lives.*,
        covered.*,
        greatest(lives.began_at, lives.last_closed_at, last_contacts.moved_at)
            as last_moved_at,
        lives.has_gap_of_items
        and not coalesce(
            lives.began_at >= covered.timestamps_covered_from
            and lives.ended_at <= covered.timestamps_covered_to,
            false
        ) as has_gap_of_topics
    from lives
    cross join covered
    left join last_contacts
        on lives.conversation_id = last_contacts.conversation_id

),

-- What is older than an extract may be missing in it, and so may what began at
-- an unknown moment; what lies within it from beginning to end is not. Of all
-- else neither is certain.
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
        coalesce(ended_at > contacts_captured_to, false)
            as is_newer_than_contacts,
        coalesce(last_moved_at > items_covered_to, false)
            as is_newer_than_items,
        coalesce(last_moved_at > topic_events_covered_to, false)
            as is_newer_than_topic_events
    from held_against

)

select * from compared
