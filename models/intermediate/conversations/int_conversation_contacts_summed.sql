with

contacts as (

    select * from {{ ref('int_contacts_combined') }}

),

work_sessions as (

    select * from {{ ref('int_work_sessions_selected') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

contacts_summed as (

    select
        conversation_ids.conversation_id,
        count(*) as contact_count,
        count(*) filter (where contacts.direction = 'inbound')
            as inbound_contact_count,
        count(*) filter (where contacts.direction = 'outbound')
            as outbound_contact_count,
        min_by(contacts.channel, (contacts.queued_at, contacts.contact_id))
        filter (
            where
            contacts.channel is not null and contacts.queued_at is not null
        ) as first_channel,
        max_by(contacts.channel, (contacts.queued_at, contacts.contact_id))
        filter (
            where
            contacts.channel is not null and contacts.queued_at is not null
        ) as last_channel
    from contacts
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

),

work_summed as (

    select
        conversation_ids.conversation_id,
        count(*) as work_session_count,
        count(distinct work_sessions.agent_id) as agent_count,
        round(sum(work_sessions.handle_seconds), 3) as handle_seconds,
        round(sum(work_sessions.after_contact_seconds), 3)
            as after_contact_seconds,
        round(sum(work_sessions.unknown_seconds), 3) as unknown_seconds
    from work_sessions
    inner join conversation_ids
        on
            work_sessions.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

),

summed as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        coalesce(contacts_summed.contact_count, 0) as contact_count,
        coalesce(contacts_summed.inbound_contact_count, 0)
            as inbound_contact_count,
        coalesce(contacts_summed.outbound_contact_count, 0)
            as outbound_contact_count,
        contacts_summed.first_channel,
        contacts_summed.last_channel,
        coalesce(work_summed.work_session_count, 0) as work_session_count,
        coalesce(work_summed.agent_count, 0) as agent_count,
        coalesce(work_summed.handle_seconds, 0) as handle_seconds,
        coalesce(work_summed.after_contact_seconds, 0)
            as after_contact_seconds,
        coalesce(work_summed.unknown_seconds, 0) as unknown_seconds
    from conversation_ids
    left join contacts_summed
        on
            conversation_ids.reported_conversation_id
            = contacts_summed.conversation_id
    left join work_summed
        on
            conversation_ids.reported_conversation_id
            = work_summed.conversation_id
    where conversation_ids.hop_count = 0

)

select * from summed
