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

doubtful_values as (

    select * from {{ ref('int_doubtful_values_unioned') }}

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

    select
        extract_name,
        field_name,
        problem,
        reported_value
    from doubtful_values

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
