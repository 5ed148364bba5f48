with

conversation_items as (

    select * from {{ ref('base_gladly__conversation_items') }}
    where
        _rejection_reason is null
        {% if is_incremental() %}
            and _extract_file not in (select _extract_file from {{ this }})
        {% endif %}

),

parsed as (

    select
        *,
        {{ json_fields('initiator', ['id', 'type']) }} as initiated_by,
        {{ json_fields('responder', ['id', 'type']) }} as responded_by,
        {{ json_fields('content', [
            'type', 'status', 'content', 'body', 'messageType',
            'startedAt', 'answeredAt', 'completedAt',
            'addedTopicIds', 'removedTopicIds',
        ]) }} as payload
    from conversation_items

),

renamed as (

    select
        -- ids
        id as conversation_item_id,
        conversation_id as reported_conversation_id,
        customer_id as reported_customer_id,
        session_id as ai_session_id,
        initiated_by.id as initiator_id,
        responded_by.id as responder_id,

        -- what it is
        {{ to_snake_case('payload.type') }} as content_type,
        {{ to_snake_case('initiated_by.type') }} as initiator_type,
        {{ to_snake_case('responded_by.type') }} as responder_type,
        {{ to_snake_case('payload.messageType') }} as message_type,
        {{ to_snake_case('payload.status') }} as changed_to_status,
        payload.addedTopicIds as added_topic_ids,
        payload.removedTopicIds as removed_topic_ids,
        length(coalesce(payload.content, payload.body)) as content_length,

        -- times
        {{ to_utc('timestamp') }} as occurred_at,
        {{ to_utc('payload.startedAt') }} as call_started_at,
        {{ to_utc('payload.answeredAt') }} as call_answered_at,
        {{ to_utc('payload.completedAt') }} as call_completed_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from parsed

),

candidates as (

    select * from renamed
    {% if is_incremental() %}
        union all
        select * from {{ this }}
        where conversation_item_id in (
            select conversation_item_id from renamed
        )
    {% endif %}

),

latest as (

    select * from candidates
    qualify row_number() over (
        partition by conversation_item_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
