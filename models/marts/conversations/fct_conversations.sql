with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_statuses as (

    select * from {{ ref('int_conversation_statuses_determined') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversation_contacts as (

    select * from {{ ref('int_conversation_contacts_summed') }}

),

families as (

    select
        conversation_id,
        count(*) filter (where hop_count > 0) as absorbed_conversation_count
    from conversation_ids
    group by conversation_id

),

joined as (

    select
        families.conversation_id,
        conversation_owners.customer_id,
        conversation_statuses.conversation_status,

        -- moments
        conversation_export.created_at,
        conversation_export.first_closed_at,
        conversation_export.last_closed_at,
        conversation_export.close_count,
        conversation_export.reopen_count,
        conversation_export.created_to_first_closed_seconds,
        conversation_export.created_to_last_closed_seconds,

        -- who has it
        conversation_export.created_inbox_id,
        conversation_export.current_inbox_id,
        conversation_export.last_closed_inbox_id,
        conversation_export.current_agent_id,
        conversation_export.last_closed_agent_id,
        conversation_export.last_closed_by_type,

        -- what happened in it, absorbed conversations included
        conversation_export.first_channel,
        conversation_export.last_channel,
        conversation_contacts.contact_count,
        conversation_contacts.inbound_contact_count,
        conversation_contacts.outbound_contact_count,
        conversation_contacts.work_session_count,
        conversation_contacts.agent_count,
        conversation_contacts.handle_seconds,
        conversation_contacts.after_contact_seconds,
        conversation_contacts.unknown_seconds,
        families.absorbed_conversation_count,

        -- flags
        coalesce(conversation_export.is_fcr_eligible, false)
            as is_fcr_eligible,
        coalesce(conversation_export.is_fcr_success, false) as is_fcr_success,
        conversation_statuses.conversation_status in ('open', 'waiting')
            as is_open,
        conversation_statuses.conversation_status = 'deleted' as is_deleted,
        conversation_contacts.contact_count = 0 as is_self_served
    from families
    left join conversation_statuses
        on families.conversation_id = conversation_statuses.conversation_id
    left join conversation_owners
        on families.conversation_id = conversation_owners.conversation_id
    left join conversation_export
        on
            families.conversation_id
            = conversation_export.reported_conversation_id
    left join conversation_contacts
        on families.conversation_id = conversation_contacts.conversation_id

)

select * from joined
