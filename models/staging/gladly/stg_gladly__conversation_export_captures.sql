with

conversation_export_report as (

    select * from {{ ref('base_gladly__conversation_export_report') }}
    where _rejection_reason is null

),

{{ decided_local_times('conversation_export_report') }},

renamed as (

    select
        -- ids
        conversation_id as reported_conversation_id,
        customer_id as reported_customer_id,
        first_contact_id,
        conversation_link,

        -- state
        {{ to_snake_case('status') }} as conversation_status,
        nullif(assigned_agent_id_current, '') as current_agent_id,
        assigned_agent_id_current is not null as is_current_agent_reported,
        {{ utf_8_text('assigned_agent_name_current') }} as current_agent_name,
        nullif(inbox_id_current, '') as current_inbox_id,
        inbox_id_current is not null as is_current_inbox_reported,
        {{ utf_8_text('inbox_name_current') }} as current_inbox_name,
        nullif(topics, '') as topic_names,
        nullif(topics_with_hierarchy, '') as topic_paths,
        coalesce(topics, topics_with_hierarchy) is not null
            as are_topics_reported,
        {{ to_boolean('is_fcr_eligible') }} as is_fcr_eligible,
        {{ to_boolean('is_fcr_success') }} as is_fcr_success,
        merged_conversations,

        -- creation
        {{ decided_utc('created_at') }} as created_at,
        {{ to_snake_case('initiator_type_created') }} as created_by_type,
        initiator_agent_id_created as created_by_agent_id,
        {{ utf_8_text('initiator_agent_name_created') }}
            as created_by_agent_name,
        inbox_id_created as created_inbox_id,
        {{ utf_8_text('inbox_name_created') }} as created_inbox_name,
        assigned_agent_id_created as created_agent_id,
        {{ utf_8_text('assigned_agent_name_created') }} as created_agent_name,

        -- closing
        {{ decided_utc('first_closed_at') }} as first_closed_at,
        {{ decided_utc('last_closed_at') }} as last_closed_at,
        -- The report has no word for rules: it prints System and a rule id.
        case
            when initiator_rule_id_last_closed is not null then 'automation'
            when initiator_type_last_closed is not null
                then {{ to_snake_case('initiator_type_last_closed') }}
            when initiator_agent_id_last_closed is not null then 'agent'
        end as last_closed_by_type,
        initiator_agent_id_last_closed as last_closed_by_agent_id,
        {{ utf_8_text('initiator_agent_name_last_closed') }}
            as last_closed_by_agent_name,
        initiator_rule_id_last_closed as last_closed_by_rule_id,
        inbox_id_last_closed as last_closed_inbox_id,
        {{ utf_8_text('inbox_name_last_closed') }} as last_closed_inbox_name,
        nullif(assigned_agent_id_last_closed, '') as last_closed_agent_id,
        assigned_agent_id_last_closed is not null
            as is_last_closed_agent_reported,
        {{ utf_8_text('assigned_agent_name_last_closed') }}
            as last_closed_agent_name,

        -- channels
        {{ to_snake_case('first_channel') }} as first_channel,
        {{ to_snake_case('second_channel') }} as second_channel,
        {{ to_snake_case('third_channel') }} as third_channel,
        {{ to_snake_case('last_channel') }} as last_channel,

        -- durations
        {{ to_seconds('created_to_first_closed_time_in_seconds') }}
            as created_to_first_closed_seconds,
        {{ to_seconds('created_to_last_closed_time_in_seconds') }}
            as created_to_last_closed_seconds,
        {{ to_seconds('conversation_handle_time_in_seconds') }}
            as handle_seconds,

        -- counts
        {{ to_count('count_of_contacts') }} as contact_count,
        {{ to_count('count_of_channels') }} as channel_count,
        {{ to_count('count_of_notes') }} as note_count,
        {{ to_count('count_of_agents_assigned') }} as assigned_agent_count,
        {{ to_count('count_of_inboxes_assigned') }} as assigned_inbox_count,
        {{ to_count('times_agent_unassigned_by_rule') }}
            as agent_unassigned_by_rule_count,
        {{ to_count('times_closed') }} as close_count,
        {{ to_count('times_reopened') }} as reopen_count,
        {{ to_count('times_topic_added') }} as topic_added_count,
        {{ to_count('times_topic_removed') }} as topic_removed_count,

        -- payments
        {{ to_count('payment_requests_completed') }} as completed_payment_count,
        {{ to_count('payment_requests_declined') }} as declined_payment_count,
        {{ to_money('payment_amount_completed_usd') }}
            as completed_payment_amount_usd,
        {{ to_money('payment_amount_declined_usd') }}
            as declined_payment_amount_usd,

        -- capture
        _missing_fields,
        _captured_at,
        _extract_file,
        _record_number,
        _record_hash
    from dated

)

select * from renamed
