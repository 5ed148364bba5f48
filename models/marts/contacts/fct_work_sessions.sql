with

work_sessions as (

    select * from {{ ref('int_work_sessions_deduplicated') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

ends_inferred as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

joined as (

    select
        work_sessions.work_session_event_key as work_session_key,

        -- whose
        work_sessions.work_session_id,
        work_sessions.contact_id,
        work_sessions.agent_id,
        conversation_ids.conversation_id,
        work_sessions.reported_conversation_id,
        -- A conversation belongs to one customer (R07), and its contacts too.
        coalesce(conversation_owners.customer_id, customer_ids.customer_id)
            as customer_id,
        work_sessions.reported_customer_id,
        coalesce(
            work_sessions.inbox_id,
            contact_references.ended_inbox_id,
            contact_references.queued_inbox_id
        ) as inbox_id,
        work_sessions.accepted_inbox_id,

        -- what kind
        work_sessions.channel,
        work_sessions.direction,

        -- moments
        work_sessions.contact_created_at,
        work_sessions.routed_at,
        work_sessions.accepted_at,
        work_sessions.fulfilled_at,
        work_sessions.contact_ended_at,
        {{ to_reporting_date('work_sessions.contact_ended_at') }}
            as contact_ended_date,

        -- work
        work_sessions.handle_seconds,
        work_sessions.after_contact_seconds,
        work_sessions.unknown_seconds,
        work_sessions.is_within_sla,

        -- One of an agent lasts as long as the contact.
        contacts.ended_at is null and ends_inferred.contact_id is null
            as is_open
    from work_sessions
    left join contacts on work_sessions.contact_id = contacts.contact_id
    left join contact_references
        on work_sessions.contact_id = contact_references.contact_id
    left join ends_inferred
        on work_sessions.contact_id = ends_inferred.contact_id
    left join conversation_ids
        on
            work_sessions.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join conversation_owners
        on
            conversation_ids.conversation_id
            = conversation_owners.conversation_id
    left join customer_ids
        on
            work_sessions.reported_customer_id
            = customer_ids.reported_customer_id

)

select * from joined
