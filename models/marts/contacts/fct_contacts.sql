with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

work as (

    select * from {{ ref('int_contact_work_resolved') }}

),

contact_waits as (

    select * from {{ ref('int_contact_waits_resolved') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

rows_set_aside as (

    select * from {{ ref('int_work_session_rows_resolved') }}
    where outcome like 'set_aside_%'

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

ends_inferred as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

repeats as (

    select * from {{ ref('int_contact_repeats_sequenced') }}

),

joined as (

    select
        contacts.contact_id,

        -- whose
        contact_owners.conversation_id,
        contacts.reported_conversation_id,
        contact_owners.customer_id,
        contacts.reported_customer_id,
        contact_references.queued_inbox_id,
        contact_references.ended_inbox_id,
        contact_references.ended_agent_id,

        -- what kind
        contacts.channel,
        contacts.direction,
        contacts.initiator_type,
        contact_export.entry_point,
        case
            when contacts.ended_at is null and ends_inferred.contact_id is null
                then 'open'
            else coalesce(contacts.end_status, 'unknown')
        end as contact_status,
        contacts.fulfilled_type,

        -- moments
        contacts.queued_at,
        contacts.offered_at,
        contacts.accepted_at,
        contacts.fulfilled_at,
        contact_waits.due_at,
        contacts.ended_at,
        repeats.previous_contact_at,

        -- durations
        contact_waits.queued_to_accepted_seconds,
        contact_waits.queued_to_fulfilled_seconds,
        contact_waits.queued_to_ended_seconds,
        contact_waits.sla_target_seconds,
        contact_waits.is_within_sla,

        -- work
        work.work_session_count,
        replace(rows_set_aside.outcome, 'set_aside_', '')
            as no_work_session_reason,
        work.agent_count,
        work.handle_seconds,
        work.after_contact_seconds,
        work.unknown_seconds,
        work.work_source_extract,
        contact_export.talk_seconds,
        contact_export.hold_seconds,
        contact_export.message_count,
        contact_export.transfer_count,
        contact_export.missed_count,
        contact_export.declined_count,

        -- where it is reported
        contacts.ended_at is null and ends_inferred.contact_id is null
            as is_open,
        coalesce(repeats.is_repeat_contact, false) as is_repeat_contact,
        contacts.is_in_contact_export,
        contacts.is_in_work_sessions
    from contacts
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join work on contacts.contact_id = work.contact_id
    left join contact_waits on contacts.contact_id = contact_waits.contact_id
    left join contact_references
        on contacts.contact_id = contact_references.contact_id
    left join rows_set_aside on contacts.contact_id = rows_set_aside.contact_id
    left join contact_owners on contacts.contact_id = contact_owners.contact_id
    left join ends_inferred on contacts.contact_id = ends_inferred.contact_id
    left join repeats on contacts.contact_id = repeats.contact_id

)

select * from joined
