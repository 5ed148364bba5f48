with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}
    where ended_at is null

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_deduplicated') }}

),

contact_events as (

    select
        contact_id,
        max(occurred_at) as last_event_at
    from {{ ref('int_contact_events_deduplicated') }}
    group by contact_id

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

captures as (

    select max(last_captured_at) as last_captured_at
    from {{ ref('int_extract_coverage_aggregated') }}
    where extract_name in ('contact_export_report', 'work_session_events')

),

-- Reports run about an hour behind: until then it was surely open, unless they
-- say how it ended and lack the time.
dated as (

    select
        contacts.contact_id,
        contacts.reported_conversation_id,
        conversation_ids.conversation_id,
        case
            when {{ proves_end('contacts.end_status') }} then contacts.queued_at
            else greatest(
                contacts.queued_at,
                contact_export._captured_at - interval 1 hour,
                contact_sessions._captured_at - interval 1 hour,
                contact_events.last_event_at
            )
        end as last_open_at,
        case
            when {{ proves_end('contacts.end_status') }}
                then greatest(
                    contact_export._captured_at,
                    contact_sessions._captured_at,
                    contact_events.last_event_at
                )
        end as ended_by,
        case
            when
                contact_events.contact_id is null
                and captures.last_captured_at > greatest(
                    contact_export._captured_at, contact_sessions._captured_at
                )
                then captures.last_captured_at
        end as unseen_until
    from contacts
    cross join captures
    left join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join contact_sessions
        on contacts.contact_id = contact_sessions.contact_id
    left join contact_events on contacts.contact_id = contact_events.contact_id

)

select * from dated
