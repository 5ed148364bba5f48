with

work_sessions as (

    select * from {{ ref('int_work_sessions_deduplicated') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

-- The work of a contact counts whole or not at all. Contact Export has one
-- total for all its agents. Without an inbox it is that of the contact's end.
unioned as (

    select
        work_sessions.work_session_event_key as work_key,
        work_sessions.contact_id,
        work_sessions.agent_id,
        work_sessions.reported_conversation_id,
        coalesce(
            work_sessions.inbox_id, contact_references.counted_last_inbox_id
        ) as inbox_id,
        coalesce(
            work_sessions.contact_ended_at, work_sessions.contact_created_at
        ) as anchored_at,
        {% for measure in [
            'handle_seconds', 'after_contact_seconds', 'unknown_seconds',
        ] %}
            case
                when contact_work.{{ measure }} is not null
                    then work_sessions.{{ measure }}
            end as {{ measure }},
        {% endfor %}
        contact_work.work_source_extract
    from work_sessions
    inner join contact_work
        on
            work_sessions.contact_id = contact_work.contact_id
            and contact_work.work_source_extract = 'work_session_events'
    left join contact_references
        on work_sessions.contact_id = contact_references.contact_id

    union all

    select
        {{ hashed_key(['contact_work.contact_id']) }} as work_key,
        contact_work.contact_id,
        cast(null as string) as agent_id,
        contacts.reported_conversation_id,
        contact_references.counted_last_inbox_id as inbox_id,
        coalesce(contacts.ended_at, contacts.queued_at) as anchored_at,
        contact_work.handle_seconds,
        contact_work.after_contact_seconds,
        cast(null as double) as unknown_seconds,
        contact_work.work_source_extract
    from contact_work
    inner join contacts on contact_work.contact_id = contacts.contact_id
    left join contact_references
        on contact_work.contact_id = contact_references.contact_id
    where contact_work.work_source_extract = 'contact_export_report'

)

select * from unioned
