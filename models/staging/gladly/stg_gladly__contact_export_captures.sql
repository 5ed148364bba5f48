with

contact_export_report as (

    select * from {{ ref('base_gladly__contact_export_report') }}
    where _rejection_reason is null

),

{{ decided_local_times('contact_export_report') }},

renamed as (

    select
        -- ids
        contact_id,
        customer_id as reported_customer_id,
        conversation_id as reported_conversation_id,
        fulfilled_by_contact_id,
        conversation_link,

        -- what it is
        {{ to_snake_case('channel') }} as channel,
        {{ to_snake_case('direction') }} as direction,
        {{ to_snake_case('contact_initiator') }} as initiator_type,
        entry_point,
        final_ivr_selection,
        {{ to_snake_case('fulfilled_type') }} as fulfilled_type,
        {{ to_snake_case('status') }} as contact_status,

        -- who had it, by name
        nullif({{ utf_8_text('inbox_when_queued') }}, '')
            as queued_inbox_name,
        nullif({{ utf_8_text('inbox_when_ended') }}, '') as ended_inbox_name,
        nullif({{ utf_8_text('agent_when_ended') }}, '') as ended_agent_name,
        inbox_when_queued is not null as is_queued_inbox_reported,
        inbox_when_ended is not null and ended_at is not null
            as is_ended_inbox_reported,
        agent_when_ended is not null and ended_at is not null
            as is_ended_agent_reported,

        -- times
        {{ decided_utc('queued_at') }} as queued_at,
        {{ decided_utc('offered_at') }} as offered_at,
        {{ decided_utc('accepted_at') }} as accepted_at,
        {{ decided_utc('fulfilled_at') }} as fulfilled_at,
        {{ decided_utc('due_at') }} as due_at,
        {{ decided_utc('ended_at') }} as ended_at,
        {{ decided_utc('answered_at_outbound') }} as answered_at,
        offered_at is not null as is_offer_reported,
        accepted_at is not null as is_acceptance_reported,
        fulfilled_at is not null as is_fulfilment_reported,

        -- waiting
        {{ to_seconds('sla_target_sec') }} as sla_target_seconds,
        {{ to_seconds('queued_to_fulfilled_sec') }}
            as queued_to_fulfilled_seconds,
        {{ to_seconds('queued_to_fulfilled_within_business_hours_sec') }}
            as queued_to_fulfilled_business_seconds,
        {{ to_seconds('queued_to_accepted_sec') }}
            as queued_to_accepted_seconds,
        {{ to_seconds('queued_to_ended_sec') }} as queued_to_ended_seconds,
        {{ to_seconds('accepted_to_fulfilled_sec') }}
            as accepted_to_fulfilled_seconds,
        {{ to_seconds('seconds_within_or_over_sla', signed=true) }}
            as sla_overrun_seconds,
        seconds_within_or_over_sla is not null
        or coalesce(sla_target_sec = '', false) as is_sla_reported,
        {{ to_seconds('fulfilled_to_ended_sec') }}
            as fulfilled_to_ended_seconds,

        -- handling
        {{ to_seconds('contact_handle_time_sec') }} as handle_seconds,
        {{ to_seconds('after_contact_time_sec') }} as after_contact_seconds,
        {{ to_seconds('total_contact_handle_time_sec') }}
            as total_handle_seconds,
        {{ to_seconds('total_talk_time') }} as talk_seconds,
        {{ to_seconds('hold_time_total_sec') }} as hold_seconds,
        {{ to_seconds('hold_time_manual_sec') }} as manual_hold_seconds,
        {{ to_seconds('hold_time_warm_transfer_sec') }}
            as warm_transfer_hold_seconds,
        {{ to_seconds('hold_time_cold_transfer_sec') }}
            as cold_transfer_hold_seconds,
        {{ to_seconds('hold_time_conference_sec') }}
            as conference_hold_seconds,
        {{ to_seconds('avg_agent_reply_time_sec') }}
            as average_agent_reply_seconds,
        {{ to_seconds('avg_customer_reply_time_sec') }}
            as average_customer_reply_seconds,

        -- counts
        {{ to_count('messages_total') }} as message_count,
        {{ to_count('messages_from_customer') }} as customer_message_count,
        {{ to_count('messages_from_agent') }} as agent_message_count,
        {{ to_count('messages_from_rules') }} as rule_message_count,
        {{ to_count('messages_from_api') }} as api_message_count,
        {{ to_count('times_offered') }} as offered_count,
        {{ to_count('times_accepted') }} as accepted_count,
        {{ to_count('times_missed') }} as missed_count,
        {{ to_count('times_declined') }} as declined_count,
        {{ to_count('times_transferred') }} as transfer_count,
        {{ to_count('times_on_hold_total') }} as hold_count,
        {{ to_count('times_on_hold_manual') }} as manual_hold_count,
        {{ to_count('times_on_hold_warm_transfer') }}
            as warm_transfer_hold_count,
        {{ to_count('times_on_hold_cold_transfer') }}
            as cold_transfer_hold_count,
        {{ to_count('times_on_hold_conference') }} as conference_hold_count,

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
