with

contacts as (

    select * from {{ ref('int_contacts_combined') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_summed') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

joined as (

    select
        contacts.contact_id,

        -- whose
        conversation_ids.conversation_id,
        contacts.reported_conversation_id,
        coalesce(conversation_owners.customer_id, customer_ids.customer_id)
            as customer_id,
        contacts.reported_customer_id,

        -- what kind
        contacts.channel,
        contacts.direction,
        contact_export.initiator_type,
        contact_export.entry_point,
        case
            when contacts.ended_at is null then 'open'
            else coalesce(contacts.end_status, 'unknown')
        end as contact_status,
        contact_export.fulfilled_type,

        -- moments
        contacts.queued_at,
        contacts.offered_at,
        contacts.accepted_at,
        contacts.fulfilled_at,
        contact_export.due_at,
        contacts.ended_at,

        -- durations
        coalesce(
            contact_export.queued_to_accepted_seconds,
            {{ seconds_between('contacts.queued_at', 'contacts.accepted_at') }}
        ) as queued_to_accepted_seconds,
        coalesce(
            contact_export.queued_to_fulfilled_seconds,
            {{ seconds_between('contacts.queued_at', 'contacts.fulfilled_at') }}
        ) as queued_to_fulfilled_seconds,
        coalesce(
            contact_export.queued_to_ended_seconds,
            {{ seconds_between('contacts.queued_at', 'contacts.ended_at') }}
        ) as queued_to_ended_seconds,
        contact_export.sla_target_seconds,
        coalesce(
            contacts.is_within_sla,
            contacts.fulfilled_at <= contact_export.due_at
        ) as is_within_sla,

        -- work
        coalesce(contact_work.work_session_count, 0) as work_session_count,
        coalesce(contact_work.agent_count, 0) as agent_count,
        coalesce(contact_work.handle_seconds, 0) as handle_seconds,
        coalesce(contact_work.after_contact_seconds, 0)
            as after_contact_seconds,
        coalesce(contact_work.unknown_seconds, 0) as unknown_seconds,
        contact_export.talk_seconds,
        contact_export.hold_seconds,
        contact_export.message_count,
        contact_export.transfer_count,
        contact_export.missed_count,
        contact_export.declined_count,

        -- where it is told
        contacts.ended_at is null as is_open,
        contacts.is_in_contact_export,
        contacts.is_in_work_sessions
    from contacts
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join contact_work on contacts.contact_id = contact_work.contact_id
    left join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join conversation_owners
        on
            conversation_ids.conversation_id
            = conversation_owners.conversation_id
    left join customer_ids
        on
            contacts.reported_customer_id
            = customer_ids.reported_customer_id

)

select * from joined
