with

contact_captures as (

    select * from {{ ref('int_contact_captures_missing_unioned') }}

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

-- What happened since any report was pulled is not missing yet; a report that
-- was never pulled is not missed.
{% set reports = {
    'conversation_export_report': 'conversation_export',
    'contact_export_report': 'contact_export',
    'work_session_events': 'work_session_events',
} %}
pulled as (

    {% for extract, relation in reports.items() %}
        select
            '{{ extract }}' as extract_name,
            max(_captured_at) - interval 1 hour as known_until
        from {{ relation }}
        having count(*) > 0
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

in_use as (

    select
        extract_name,
        max(known_until) over () as known_until
    from pulled

),

wanted as (

    select
        entity,
        entity_id,
        extract_name,
        reason,
        pull_from,
        pull_to
    from contact_captures

    union all

    -- Conversation Export has a conversation on the day it was created.
    select
        'conversation' as entity,
        conversation_ids.conversation_id as entity_id,
        'conversation_export_report' as extract_name,
        'in_no_report' as reason,
        lifecycles.created_at as pull_from,
        coalesce(lifecycles.created_at, conversation_ids.first_seen_at)
            as pull_to
    from conversation_ids
    inner join lifecycles
        on conversation_ids.conversation_id = lifecycles.conversation_id
    left join conversation_export
        on
            conversation_ids.conversation_id
            = conversation_export.reported_conversation_id
    where
        conversation_ids.hop_count = 0
        and conversation_ids.resolution_status in ('current', 'unresolved')
        and conversation_export.reported_conversation_id is null

),

missing as (

    select
        wanted.entity,
        wanted.entity_id,
        coalesce(
            contact_owners.conversation_id,
            case when wanted.entity = 'conversation' then wanted.entity_id end
        ) as conversation_id,
        wanted.extract_name,
        wanted.reason,
        wanted.pull_from,
        wanted.pull_to
    from wanted
    inner join in_use
        on
            wanted.extract_name = in_use.extract_name
            and wanted.pull_to <= in_use.known_until
    left join contact_owners
        on
            case when wanted.entity = 'contact' then wanted.entity_id end
            = contact_owners.contact_id

),

keyed as (

    select
        {{ hashed_key(['entity', 'entity_id', 'extract_name']) }}
            as missing_capture_key,
        *
    from missing

)

select * from keyed
