{% set channels = ['seed_channels', 'reported_value', 'report'] %}
{% set directions = ['seed_statuses', 'reported_value', 'direction'] %}
{% set contact_statuses = ['seed_statuses', 'reported_value', 'contact'] %}
{% set fulfilled_types = [
    'seed_statuses', 'reported_value', 'fulfilled_type',
] %}
{% set report_actors = ['seed_actor_types', 'reported_value', 'report'] %}
{% set item_actors = ['seed_actor_types', 'reported_value', 'item'] %}
{% set event_types = ['seed_event_types', 'reported_value', none] %}
{% set vocabularies = {
    'contact_export_report': {
        'channel': channels,
        'direction': directions,
        'initiator_type': report_actors,
        'contact_status': contact_statuses,
        'fulfilled_type': fulfilled_types,
    },
    'work_session_events': {
        'channel': channels,
        'direction': directions,
        'contact_status': contact_statuses,
    },
    'conversation_export_report': {
        'conversation_status': [
            'seed_statuses', 'reported_value', 'conversation_export',
        ],
        'created_by_type': report_actors,
        'last_closed_by_type': report_actors,
        'first_channel': channels,
        'last_channel': channels,
    },
    'conversation_timestamps_report': {
        'event_type': event_types,
        'initiator_type': report_actors,
        'assignment_reason': [
            'seed_assignment_reasons', 'assignment_reason', none,
        ],
    },
    'contact_timestamps_report': {
        'event_type': event_types,
        'channel': channels,
        'initiator_type': report_actors,
    },
    'agent_timestamps_report': {'event_type': event_types},
    'events': {
        'event_type': event_types,
        'channel': channels,
        'initiator_type': item_actors,
        'contact_status': contact_statuses,
        'fulfilled_type': fulfilled_types,
    },
    'conversation_items': {
        'content_type': ['seed_content_types', 'content_type', none],
        'initiator_type': item_actors,
        'responder_type': item_actors,
    },
    'conversations': {
        'conversation_status': [
            'seed_statuses', 'reported_value', 'conversation',
        ],
    },
} %}

with

contact_references as (

    select * from {{ ref('int_contact_references_matched') }}

),

conversation_lookups as (

    select * from {{ ref('stg_gladly__conversation_lookups') }}

),

found as (

    {% for extract in extract_names() %}
        {{ unknown_fields_in(extract) }}
        {{ unreadable_values_in(extract) }}
        union all
    {% endfor %}
    {% for extract, columns in vocabularies.items() %}
        {% for column, vocabulary in columns.items() %}
            {{ unmapped_values_in(extract, column, *vocabulary) }}
            union all
        {% endfor %}
    {% endfor %}

    -- Gladly redirects no conversation (R11), so this is no evidence of a merge.
    select
        'conversation_lookups' as extract_name,
        'resolvedId' as field_name,
        'redirect of a conversation' as problem,
        resolved_conversation_id as reported_value
    from conversation_lookups
    where lookup_outcome = 'moved'

    union all

    select
        'contact_export_report' as extract_name,
        concat(reference, '_name') as field_name,
        concat(match_status, ' name of ', entity) as problem,
        printed_name as reported_value
    from contact_references
    where match_status in ('unmatched', 'ambiguous', 'guessed')

    union all

    {{ undecided_local_times() }}

),

counted as (

    select
        extract_name,
        field_name,
        problem,
        reported_value,
        count(*) as record_count
    from found
    group by extract_name, field_name, problem, reported_value

),

keyed as (

    select
        {{ hashed_key([
            'extract_name', 'field_name', 'problem', 'reported_value',
        ]) }} as unmapped_value_key,
        *
    from counted

)

select * from keyed
