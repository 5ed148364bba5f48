{# Returns the reports whose times may be local, by extract: whom a record is
   about, the times it has and which moment each of them is, and what it says of
   two of them: [first, second, column with the seconds between them or their
   number where it is usual, whether they are in that order]. A report of events
   names the times that its rows may be sorted by. #}
{% macro local_time_reports() %}
    {% set status = to_snake_case('agent_timestamps_report.type') %}
    {{ return({
        'conversation_export_report': {
            'subject': 'conversation_id',
            'times': {
                'created_at': "'conversation_created'",
                'first_closed_at': "'conversation_closed'",
                'last_closed_at': "'conversation_closed'",
            },
            'pairs': [
                ['created_at', 'first_closed_at',
                 'created_to_first_closed_time_in_seconds', true],
                ['created_at', 'last_closed_at',
                 'created_to_last_closed_time_in_seconds', true],
                ['first_closed_at', 'last_closed_at', none, true],
            ],
        },
        'contact_export_report': {
            'subject': 'contact_id',
            'times': {
                'queued_at': "'contact_started'",
                'offered_at': "'contact_offered'",
                'accepted_at': "'contact_offer_accepted'",
                'fulfilled_at': "'contact_fulfilled'",
                'due_at': "'contact_due'",
                'ended_at': "'contact_ended'",
                'answered_at_outbound': "'contact_answered'",
            },
            'pairs': [
                ['queued_at', 'accepted_at', 'queued_to_accepted_sec', true],
                ['queued_at', 'fulfilled_at', 'queued_to_fulfilled_sec', true],
                ['queued_at', 'ended_at', 'queued_to_ended_sec', true],
                ['queued_at', 'due_at', 'sla_target_sec', true],
                ['queued_at', 'offered_at', none, true],
                ['queued_at', 'answered_at_outbound', none, true],
                ['offered_at', 'accepted_at', none, true],
                ['accepted_at', 'ended_at', none, true],
                ['offered_at', 'ended_at', none, true],
                ['answered_at_outbound', 'ended_at', none, true],
                ['accepted_at', 'fulfilled_at', 'accepted_to_fulfilled_sec',
                 false],
                ['fulfilled_at', 'ended_at', 'fulfilled_to_ended_sec', false],
                ['due_at', 'fulfilled_at', 'seconds_within_or_over_sla', false],
            ],
        },
        'work_session_events': {
            'subject': 'contact_session_id',
            'times': {
                'contact_session_created_at': "'contact_started'",
                'contact_session_routed_at': "'contact_offered'",
                'agent_accepted_at': "'contact_offer_accepted'",
                'sla_fulfilled_at': "'contact_fulfilled'",
                'contact_session_ended_at': "'contact_ended'",
            },
            'pairs': [
                ['contact_session_created_at', 'contact_session_routed_at',
                 none, true],
                ['contact_session_created_at', 'agent_accepted_at', none, true],
                ['contact_session_created_at', 'sla_fulfilled_at', none, true],
                ['contact_session_created_at', 'contact_session_ended_at',
                 none, true],
                ['contact_session_routed_at', 'agent_accepted_at', none, true],
                ['agent_accepted_at', 'contact_session_ended_at', none, true],
            ],
        },
        'conversation_timestamps_report': {
            'subject': 'conversation_id',
            'times': {
                'timestamp': to_snake_case(
                    'conversation_timestamps_report.event_type'
                ),
            },
            'sorted_by': ['timestamp'],
        },
        'contact_timestamps_report': {
            'subject': 'contact_id',
            'times': {
                'timestamp': to_snake_case(
                    'contact_timestamps_report.event_type'
                ),
            },
            'sorted_by': ['timestamp'],
        },
        'agent_timestamps_report': {
            'subject': 'agent_id',
            'times': {
                'timestamp': 'concat(' ~ status ~ ", '_recorded')",
                'occurred_at': status,
            },
            'pairs': [['occurred_at', 'timestamp', 0, true]],
            'sorted_by': ['timestamp', 'occurred_at'],
        },
    }) }}
{% endmacro %}
