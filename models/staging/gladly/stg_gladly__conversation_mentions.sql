with

mentions as (

    {{ base_mentions(
        'conversations', 'id', true,
        'coalesce(' ~ to_count('status') ~ ', 200) = 200'
    ) }}
    union all
    {{ base_mentions(
        'conversation_lookups', 'requested_id', true,
        lookup_outcome('requested_id', 'status', 'resolved_id') ~ " = 'found'"
    ) }}
    union all
    {{ base_mentions(
        'conversation_lookups', 'resolved_id', true,
        to_count('status') ~ ' = 200'
    ) }}
    union all
    {{ base_mentions(
        'conversation_export_report', 'conversation_id', true,
        "coalesce(" ~ to_snake_case('status') ~ ", '') != 'merged'"
    ) }}
    union all
    {{ base_mentions(
        'conversation_timestamps_report', 'conversation_id', true
    ) }}
    union all
    {{ base_mentions('contact_timestamps_report', 'conversation_id', true) }}
    union all
    {{ base_mentions(
        'conversations', 'id', false,
        to_count('status') ~ ' != 200'
    ) }}
    union all
    {{ base_mentions(
        'conversation_lookups', 'requested_id', false,
        lookup_outcome('requested_id', 'status', 'resolved_id') ~ " != 'found'"
    ) }}
    union all
    {{ base_mentions('conversation_lookups', 'resolved_id', false) }}
    union all
    {{ base_mentions(
        'conversation_export_report', 'conversation_id', false,
        to_snake_case('status') ~ " = 'merged'"
    ) }}
    union all
    {{ base_mentions(
        'conversation_timestamps_report', 'merged_conversation_id', false
    ) }}
    union all
    {{ base_mentions('work_session_events', 'conversation_id', false) }}
    union all
    {{ base_mentions('contact_export_report', 'conversation_id', false) }}
    union all
    {{ base_mentions('conversation_items', 'conversation_id', false) }}
    union all
    {{ base_mentions('events', json_text('content', 'conversationId'), false) }}
    union all
    {{ base_mentions(
        'events', json_text('content', 'sourceConversationId'), false
    ) }}
    union all
    {{ base_mentions(
        'events', json_text('content', 'destinationConversationId'), false
    ) }}

),

listed as (

    select
        mentioned_id as reported_conversation_id,
        extract_name,
        is_proof_of_life,
        min(_captured_at) as first_captured_at,
        max(_captured_at) as last_captured_at
    from mentions
    group by mentioned_id, extract_name, is_proof_of_life

)

select * from listed
