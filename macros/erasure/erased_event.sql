{# The content of an event without fields that nobody documented, values of
   attributes, and addresses. #}
{% macro erased_event(column) -%}
cast(json_merge_patch(
    '{}',
    to_json(json_transform({{ column }}, '{
        {%- for field in [
            'agentId', 'assignee', 'availableFor', 'channel', 'commentId',
            'contactId', 'context', 'conversationId', 'customAttributeId',
            'customAttributeKey', 'customerId', 'destinationConversationId',
            'destinationCustomerId', 'dueAt', 'finalIVRSelection',
            'fulfilledType', 'matchReasons', 'messageId', 'newStatus', 'noteId',
            'occurredAt', 'oldStatus', 'paymentRequestId', 'reason',
            'sourceConversationId', 'sourceCustomerId', 'status', 'taskId',
            'topicId', 'transferType',
        ] -%}
        "{{ field }}": "JSON"{{ ', ' if not loop.last }}
        {%- endfor -%}
    }'))
) as json)
{%- endmacro %}
