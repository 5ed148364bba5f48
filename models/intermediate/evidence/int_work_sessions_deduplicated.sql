with

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

-- A row without an agent is no work session: no agent handled the contact, its
-- time went to a stacked outbound contact, or it was still open. It is about
-- the contact in int_contact_sessions_deduplicated instead. What a row lacks of
-- the contact itself is that of the contact.
handled as (

    select
        work_session_events.work_session_event_key,
        work_session_events.contact_id,
        work_session_events.work_session_id,
        work_session_events.agent_id,
        work_session_events.inbox_id,
        work_session_events.accepted_inbox_id,
        {% for column, contact_column in {
            'reported_customer_id': 'reported_customer_id',
            'reported_conversation_id': 'reported_conversation_id',
            'channel': 'channel',
            'direction': 'direction',
            'contact_created_at': 'queued_at',
            'fulfilled_at': 'fulfilled_at',
            'contact_ended_at': 'ended_at',
        }.items() %}
            coalesce(
                work_session_events.{{ column }},
                contacts.{{ contact_column }}
            ) as {{ column }},
        {% endfor %}
        work_session_events.routed_at,
        work_session_events.accepted_at,
        work_session_events.is_within_sla,
        work_session_events.handle_seconds,
        work_session_events.after_contact_seconds,
        work_session_events.unknown_seconds
    from work_session_events
    left join contacts
        on work_session_events.contact_id = contacts.contact_id
    where work_session_events.agent_id is not null

)

select * from handled
