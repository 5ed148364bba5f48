with

mentions as (

    {{ base_mentions(
        'customer_profiles', 'id', true,
        'coalesce(' ~ to_count('status') ~ ', 200) = 200'
    ) }}
    union all
    {{ base_mentions('export_customers', 'id', true) }}
    union all
    {{ base_mentions(
        'customer_lookups', 'requested_id', true,
        lookup_outcome('requested_id', 'status', 'resolved_id') ~ " = 'found'"
    ) }}
    union all
    {{ base_mentions(
        'customer_lookups', 'resolved_id', true,
        to_count('status') ~ ' = 200'
    ) }}
    union all
    {{ base_mentions('conversation_export_report', 'customer_id', true) }}
    union all
    {{ base_mentions(
        'conversation_timestamps_report', 'customer_id', true,
        to_snake_case('event_type') ~ " != 'customer_merged'"
    ) }}
    union all
    {{ base_mentions('contact_timestamps_report', 'customer_id', true) }}
    union all
    {{ base_mentions('conversations', 'customer_id', true) }}
    union all
    {{ base_mentions('tasks', 'customer_id', true) }}
    union all
    {{ base_mentions(
        'customer_profiles', 'id', false,
        to_count('status') ~ ' != 200'
    ) }}
    union all
    {{ base_mentions(
        'customer_lookups', 'requested_id', false,
        lookup_outcome('requested_id', 'status', 'resolved_id') ~ " != 'found'"
    ) }}
    union all
    {{ base_mentions('customer_lookups', 'resolved_id', false) }}
    union all
    {{ base_mentions(
        'conversation_timestamps_report', 'customer_id', false,
        to_snake_case('event_type') ~ " = 'customer_merged'"
    ) }}
    union all
    {{ base_mentions(
        'conversation_timestamps_report', 'merged_customer_id', false
    ) }}
    union all
    {{ base_mentions('work_session_events', 'customer_id', false) }}
    union all
    {{ base_mentions('contact_export_report', 'customer_id', false) }}
    union all
    {{ base_mentions('conversation_items', 'customer_id', false) }}
    union all
    {{ base_mentions('events', json_text('content', 'customerId'), false) }}
    union all
    {{ base_mentions(
        'events', json_text('content', 'sourceCustomerId'), false
    ) }}
    union all
    {{ base_mentions(
        'events', json_text('content', 'destinationCustomerId'), false
    ) }}
    union all
    {{ base_mentions(
        'conversation_items', json_text('initiator', 'id'), false,
        to_snake_case(json_text('initiator', 'type')) ~ " = 'customer'"
    ) }}
    union all
    {{ base_mentions(
        'events', json_text('initiator', 'id'), false,
        to_snake_case(json_text('initiator', 'type')) ~ " = 'customer'"
    ) }}
    union all
    {{ base_mentions(
        'conversation_timestamps_report', 'initiator_id', false,
        to_snake_case('initiator_type') ~ " = 'customer'"
    ) }}
    union all
    {{ base_mentions(
        'contact_timestamps_report', 'initiator_id', false,
        to_snake_case('initiator_type') ~ " = 'customer'"
    ) }}

),

listed as (

    select
        mentioned_id as reported_customer_id,
        extract_name,
        is_proof_of_life,
        min(_captured_at) as first_captured_at,
        max(_captured_at) as last_captured_at
    from mentions
    group by mentioned_id, extract_name, is_proof_of_life

)

select * from listed
