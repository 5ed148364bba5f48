with

events as (

    select * from {{ ref('base_gladly__events') }}
    where _rejection_reason is null

),

parsed as (

    select
        *,
        {{ json_fields('initiator', ['id', 'type']) }} as initiated_by,
        {{ json_fields('content', [
            'contactId', 'conversationId', 'customerId', 'channel',
            'agentId', 'topicId', 'messageId', 'noteId', 'taskId',
            'paymentRequestId', 'sourceCustomerId', 'sourceConversationId',
            'destinationCustomerId', 'destinationConversationId',
            'reason', 'status', 'fulfilledType', 'transferType',
            'availableFor', 'dueAt', 'occurredAt', 'awayAt', 'entryPoint',
        ]) }} as payload,
        {{ json_text('content', 'context.createdAt') }} as created_before,
        {{ json_text('content', 'context.dueAt') }} as due_before
    from events

),

renamed as (

    select
        -- ids: a blank one means none, so of a conversation not absorbed
        id as event_id,
        nullif(initiated_by.id, '') as initiator_id,
        nullif(payload.contactId, '') as contact_id,
        nullif(payload.conversationId, '') as reported_conversation_id,
        nullif(payload.customerId, '') as reported_customer_id,
        nullif(payload.agentId, '') as agent_id,
        nullif(payload.topicId, '') as topic_id,
        nullif(payload.messageId, '') as message_id,
        nullif(payload.noteId, '') as note_id,
        nullif(payload.taskId, '') as task_id,
        nullif(payload.paymentRequestId, '') as payment_request_id,

        -- assignment before and after
        nullif({{ json_text('content', 'context.assignee.inboxId') }}, '')
            as context_inbox_id,
        nullif({{ json_text('content', 'context.assignee.agentId') }}, '')
            as context_agent_id,
        nullif({{ json_text('content', 'assignee.inboxId') }}, '')
            as assignee_inbox_id,
        nullif({{ json_text('content', 'assignee.agentId') }}, '')
            as assignee_agent_id,

        -- merges
        nullif(payload.sourceCustomerId, '') as source_customer_id,
        nullif(payload.sourceConversationId, '') as source_conversation_id,
        nullif(payload.destinationCustomerId, '') as destination_customer_id,
        nullif(payload.destinationConversationId, '')
            as destination_conversation_id,

        -- what it is
        {{ to_snake_case('type') }} as event_type,
        {{ to_snake_case('initiated_by.type') }} as initiator_type,
        {{ to_snake_case('payload.channel') }} as channel,
        {{ to_snake_case('payload.reason') }} as reason,
        {{ to_snake_case('payload.status') }} as contact_status,
        {{ to_snake_case('payload.fulfilledType') }} as fulfilled_type,
        {{ to_snake_case('payload.transferType') }} as transfer_type,
        payload.availableFor as available_for,
        nullif(payload.entryPoint, '') as entry_point,
        {{ json_text('content', 'awayReason.name') }} as away_reason,
        {{ json_text('content', 'activeReason.name') }} as active_reason,

        -- times
        {{ to_utc('timestamp') }} as occurred_at,
        {{ to_possible_utc('payload.occurredAt') }} as agent_occurred_at,
        {{ to_possible_utc('payload.awayAt') }} as went_away_at,
        {{ to_possible_utc('payload.dueAt', may_be_later=true) }} as due_at,
        {{ to_possible_utc('created_before') }} as context_created_at,
        {{ to_possible_utc('due_before', may_be_later=true) }}
            as context_due_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from parsed

),

{{ first_per_key('latest', 'renamed', 'event_id', newest_first()) }},

-- Issued again under another id, it is the same in all that is counted by it.
keyed as (

    select
        *,
        case
            when
                event_type like 'contact_%'
                or event_type = 'conversation_assignee_updated'
                then
                    {{ hashed_key([
                        'event_type', 'occurred_at', 'initiator_id',
                        'contact_id', 'reported_conversation_id', 'agent_id',
                        'message_id', 'context_inbox_id', 'context_agent_id',
                        'assignee_inbox_id', 'assignee_agent_id', 'reason',
                        'contact_status', 'fulfilled_type', 'transfer_type',
                    ]) }}
            else event_id
        end as issue_key
    from latest

),

first_issued as (

    select * from keyed
    qualify row_number() over (partition by issue_key order by event_id) = 1

)

select * from first_issued
