with

families as (

    select * from {{ ref('int_conversation_families_aggregated') }}

),

conversation_statuses as (

    select * from {{ ref('int_conversation_statuses_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

joined as (

    select
        families.conversation_id,
        conversation_owners.customer_id,
        conversation_statuses.conversation_status,

        -- moments
        lifecycles.created_at,
        {{ to_reporting_date('lifecycles.created_at') }} as created_date,
        lifecycles.first_closed_at,
        lifecycles.last_closed_at,
        {{ to_reporting_date('lifecycles.last_closed_at') }}
            as last_closed_date,
        lifecycles.close_count,
        lifecycles.reopen_count,
        lifecycles.created_to_first_closed_seconds,
        lifecycles.created_to_last_closed_seconds,

        -- who has it
        lifecycles.created_inbox_id,
        lifecycles.current_inbox_id,
        lifecycles.last_closed_inbox_id,
        lifecycles.current_agent_id,
        lifecycles.last_closed_agent_id,
        lifecycles.last_closed_by_type,
        lifecycles.assignment_count,
        lifecycles.agent_reassignment_count,

        -- what happened in it, absorbed conversations included
        coalesce(conversation_export.first_channel, families.first_channel)
            as first_channel,
        coalesce(conversation_export.last_channel, families.last_channel)
            as last_channel,
        families.channels,
        families.channel_count,
        families.is_multichannel,
        families.contact_count,
        families.uncaptured_contact_count,
        families.inbound_contact_count,
        families.outbound_contact_count,
        families.work_session_count,
        families.agent_count,
        families.handle_seconds,
        families.after_contact_seconds,
        families.unknown_seconds,
        families.total_handle_seconds,
        families.contact_without_work_count,
        families.work_source_extract,
        families.message_count,
        families.customer_message_count,
        families.agent_message_count,
        families.automated_message_count,
        families.message_source_extract,
        families.note_count,
        families.first_customer_message_at,
        families.first_agent_reply_at,
        families.first_reply_seconds,
        families.topic_count,
        families.is_untagged,
        families.absorbed_conversation_count,

        -- flags
        coalesce(conversation_export.is_fcr_eligible, false)
            as is_fcr_eligible,
        coalesce(conversation_export.is_fcr_success, false) as is_fcr_success,
        conversation_export.is_fcr_eligible is not null as is_fcr_reported,
        families.is_older_than_items,
        conversation_statuses.conversation_status in ('open', 'waiting')
            as is_open,
        conversation_statuses.conversation_status = 'deleted' as is_deleted,
        families.is_self_served
    from families
    left join conversation_statuses
        on families.conversation_id = conversation_statuses.conversation_id
    left join conversation_owners
        on families.conversation_id = conversation_owners.conversation_id
    left join conversation_export
        on
            families.conversation_id
            = conversation_export.reported_conversation_id
    left join lifecycles
        on families.conversation_id = lifecycles.conversation_id

)

select * from joined
