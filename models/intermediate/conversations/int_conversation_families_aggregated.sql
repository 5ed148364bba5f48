with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

channels as (

    select * from {{ ref('int_conversation_channels_aggregated') }}

),

contacts as (

    select * from {{ ref('int_conversation_contacts_resolved') }}

),

messages as (

    select * from {{ ref('int_conversation_messages_aggregated') }}

),

replies as (

    select * from {{ ref('int_conversation_replies_resolved') }}

),

topics as (

    select * from {{ ref('int_conversation_topics_aggregated') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

families as (

    select
        conversation_id,
        count(*) filter (where hop_count > 0) as absorbed_conversation_count
    from conversation_ids
    group by conversation_id

),

-- What began before the items, or can have had contacts that are not captured,
-- can have used channels that only Conversation Export would name; it names
-- three, and counts them all.
proven as (

    select
        families.conversation_id,
        coalesce(coverage.is_newer_than_export, false) as is_newer_than_export,
        greatest(nullif(channels.channel_count, 0), reports.channel_count)
            as proven_channel_count,
        coalesce(
            reports.channel_count > nullif(channels.channel_count, 0), false
        ) as has_unnamed_channels,
        (
            coalesce(messages.is_older_than_items, false)
            or contacts.contact_count is null
        )
        and (reports.conversation_id is null or coverage.is_newer_than_export)
            as is_part_of_channels
    from families
    left join channels on families.conversation_id = channels.conversation_id
    left join contacts on families.conversation_id = contacts.conversation_id
    left join messages on families.conversation_id = messages.conversation_id
    left join reports on families.conversation_id = reports.conversation_id
    left join coverage on families.conversation_id = coverage.conversation_id

),

-- Null is what no extract reports. A conversation without any known channel has
-- as many as Conversation Export counts.
summed as (

    select
        families.conversation_id,
        families.absorbed_conversation_count,
        case
            when not (proven.is_part_of_channels or proven.has_unnamed_channels)
                then channels.channels
        end as channels,
        -- Counted of each alone, those of a family can be more.
        case
            when
                not proven.is_part_of_channels
                and not (
                    proven.has_unnamed_channels
                    and families.absorbed_conversation_count > 0
                )
                then proven.proven_channel_count
        end as channel_count,
        coalesce(proven.proven_channel_count > 1, false) as is_multichannel,
        contacts.contact_count,
        contacts.uncaptured_contact_count,
        contacts.inbound_contact_count,
        contacts.outbound_contact_count,
        case when not proven.is_part_of_channels then contacts.first_channel end
            as first_channel,
        contacts.last_channel,
        proven.is_newer_than_export,
        contacts.work_session_count,
        contacts.agent_count,
        contacts.handle_seconds,
        contacts.after_contact_seconds,
        contacts.unknown_seconds,
        contacts.total_handle_seconds,
        contacts.contact_without_work_count,
        contacts.work_source_extract,
        coalesce(contacts.is_self_served, false) as is_self_served,
        messages.message_count,
        messages.customer_message_count,
        messages.agent_message_count,
        messages.automated_message_count,
        messages.message_source_extract,
        coalesce(messages.is_older_than_items, false) as is_older_than_items,
        messages.note_count,
        replies.first_customer_message_at,
        replies.first_agent_reply_at,
        replies.first_reply_seconds,
        topics.topic_count,
        coalesce(topics.is_untagged, false) as is_untagged
    from families
    inner join proven on families.conversation_id = proven.conversation_id
    left join channels on families.conversation_id = channels.conversation_id
    left join contacts on families.conversation_id = contacts.conversation_id
    left join messages on families.conversation_id = messages.conversation_id
    left join replies on families.conversation_id = replies.conversation_id
    left join topics on families.conversation_id = topics.conversation_id

)

select * from summed
