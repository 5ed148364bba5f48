with

work_session_events as (

    select * from {{ ref('base_gladly__work_session_events') }}
    where _rejection_reason is null

),

{{ decided_local_times('work_session_events') }},

renamed as (

    select
        -- ids
        {{ hashed_key(['contact_session_id', 'agent_id']) }}
            as work_session_event_key,
        contact_session_id as contact_id,
        id as work_session_id,
        agent_id,
        customer_id as reported_customer_id,
        conversation_id as reported_conversation_id,
        nullif(inbox_id, '') as inbox_id,
        inbox_id is not null as is_inbox_reported,
        accepted_inbox_id,

        -- what it is
        {{ to_snake_case('channel') }} as channel,
        {{ to_snake_case('direction') }} as direction,
        {{ to_snake_case('status') }} as contact_status,
        {{ to_boolean('within_sla') }} as is_within_sla,
        within_sla is not null as is_sla_reported,

        -- times
        {{ decided_utc('contact_session_created_at') }} as contact_created_at,
        {{ decided_utc('contact_session_routed_at') }} as routed_at,
        {{ decided_utc('agent_accepted_at') }} as accepted_at,
        {{ decided_utc('sla_fulfilled_at') }} as fulfilled_at,
        {{ decided_utc('contact_session_ended_at') }} as contact_ended_at,
        contact_session_routed_at is not null as is_offer_reported,
        agent_accepted_at is not null as is_acceptance_reported,
        sla_fulfilled_at is not null as is_fulfilment_reported,

        -- durations
        {{ to_seconds('work_session_handle_time_sec') }} as handle_seconds,
        {{ to_seconds('work_session_after_contact_time_sec') }}
            as after_contact_seconds,
        {{ to_seconds('work_session_unknown_time_sec') }} as unknown_seconds,

        -- capture
        _missing_fields,
        _captured_at,
        _extract_file,
        _record_number,
        _record_hash
    from dated

)

select * from renamed
