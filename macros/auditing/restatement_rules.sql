{# Per extract whose rows are reported again: its captures, which of them report
   anything, when a row still lived between the captures older and newer, and
   the columns to compare. `settled` ones are reported once, whatever follows;
   `growing` ones count on after the end; `lists` are JSON lists in no order.
   Left out on purpose are links and entry points, which can be about persons,
   and names of agents and inboxes, which move with every renaming. #}
{% macro restatement_rules() %}
    {{ return({
        'conversation_export_report': {
            'captures': 'stg_gladly__conversation_export_captures',
            'has_header': true,
            'entity': 'conversation',
            'key': 'reported_conversation_id',
            'ongoing': "
                'open' in (
                    older.conversation_status, newer.conversation_status
                )
                or newer.reopen_count > older.reopen_count
            ",
            'settled': [
                'reported_customer_id', 'first_contact_id', 'first_channel',
                'second_channel', 'third_channel', 'created_at',
                'created_by_type', 'created_by_agent_id', 'created_inbox_id',
                'created_agent_id', 'first_closed_at',
                'created_to_first_closed_seconds',
            ],
            'moving': [
                'conversation_status', 'current_inbox_id', 'current_agent_id',
                'topic_names', 'topic_paths', 'is_fcr_eligible',
                'is_fcr_success', 'merged_conversations', 'last_closed_at',
                'last_closed_by_type', 'last_closed_by_agent_id',
                'last_closed_by_rule_id', 'last_closed_inbox_id',
                'last_closed_agent_id', 'last_channel',
                'created_to_last_closed_seconds', 'contact_count',
                'channel_count', 'note_count', 'assigned_agent_count',
                'assigned_inbox_count', 'agent_unassigned_by_rule_count',
                'close_count', 'reopen_count', 'topic_added_count',
                'topic_removed_count', 'completed_payment_count',
                'declined_payment_count', 'completed_payment_amount_usd',
                'declined_payment_amount_usd',
            ],
            'growing': ['handle_seconds'],
        },
        'conversations': {
            'captures': 'stg_gladly__conversation_captures',
            'condition': 'not is_gone',
            'entity': 'conversation',
            'key': 'reported_conversation_id',
            'ongoing': "
                older.conversation_status != 'closed'
                or newer.conversation_status != 'closed'
                or newer.closed_at > older.closed_at
            ",
            'settled': ['reported_customer_id', 'created_at'],
            'moving': [
                'conversation_status', 'inbox_id', 'agent_id', 'closed_at',
            ],
            'lists': ['topic_ids'],
        },
        'contact_export_report': {
            'captures': 'stg_gladly__contact_export_captures',
            'has_header': true,
            'entity': 'contact',
            'key': 'contact_id',
            'ongoing': 'older.ended_at is null',
            'settled': [
                'reported_customer_id', 'reported_conversation_id',
                'direction', 'initiator_type', 'queued_at',
            ],
            'moving': [
                'fulfilled_by_contact_id', 'channel', 'final_ivr_selection',
                'fulfilled_type', 'contact_status', 'offered_at',
                'accepted_at', 'fulfilled_at', 'due_at', 'ended_at',
                'answered_at', 'sla_target_seconds',
                'queued_to_fulfilled_seconds',
                'queued_to_fulfilled_business_seconds',
                'queued_to_accepted_seconds', 'queued_to_ended_seconds',
                'accepted_to_fulfilled_seconds', 'sla_overrun_seconds',
                'fulfilled_to_ended_seconds', 'handle_seconds', 'talk_seconds',
                'hold_seconds', 'manual_hold_seconds',
                'warm_transfer_hold_seconds', 'cold_transfer_hold_seconds',
                'conference_hold_seconds', 'average_agent_reply_seconds',
                'average_customer_reply_seconds', 'message_count',
                'customer_message_count', 'agent_message_count',
                'rule_message_count', 'api_message_count', 'offered_count',
                'accepted_count', 'missed_count', 'declined_count',
                'transfer_count', 'hold_count', 'manual_hold_count',
                'warm_transfer_hold_count', 'cold_transfer_hold_count',
                'conference_hold_count', 'completed_payment_count',
                'declined_payment_count', 'completed_payment_amount_usd',
                'declined_payment_amount_usd',
            ],
            'growing': ['after_contact_seconds', 'total_handle_seconds'],
        },
        'work_session_events': {
            'captures': 'stg_gladly__work_session_captures',
            'has_header': true,
            'entity': 'work_session',
            'key': 'work_session_event_key',
            'ongoing': 'older.contact_ended_at is null',
            'settled': [
                'reported_customer_id', 'reported_conversation_id',
                'direction', 'contact_created_at',
            ],
            'moving': [
                'work_session_id', 'inbox_id', 'accepted_inbox_id', 'channel',
                'contact_status', 'is_within_sla', 'routed_at', 'accepted_at',
                'fulfilled_at', 'contact_ended_at', 'handle_seconds',
            ],
            'growing': ['after_contact_seconds', 'unknown_seconds'],
        },
    }) }}
{% endmacro %}
