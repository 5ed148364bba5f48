with

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
    from {{ ref('int_conversation_ids_resolved') }}
    group by conversation_id

),

-- What began before the items, or may have contacts that are not captured, can
-- have used more channels: Conversation Export, where it has them, counts all.
proven as (

    select
        families.*,
        coalesce(coverage.is_newer_than_export, false) as is_newer_than_export,
        greatest(nullif(channels.channel_count, 0), reports.channel_count)
            as proven_channel_count,
        coalesce(
            reports.channel_count > nullif(channels.channel_count, 0), false
        ) as has_unnamed_channels,
        (
            coalesce(messages.is_older_than_items, false)
            or coalesce(contacts.uncaptured_contact_count != 0, true)
        )
        and not coalesce(
            reports.has_channels and not coverage.is_newer_than_export, false
        ) as is_part_of_channels
    from families
    left join channels on families.conversation_id = channels.conversation_id
    left join contacts on families.conversation_id = contacts.conversation_id
    left join messages on families.conversation_id = messages.conversation_id
    left join reports on families.conversation_id = reports.conversation_id
    left join coverage on families.conversation_id = coverage.conversation_id

),

summed as (

    select
        proven.conversation_id,
        proven.absorbed_conversation_count,
        case
            when not (proven.is_part_of_channels or proven.has_unnamed_channels)
                then channels.channels
        end as channels,
        case
            when
                not proven.is_part_of_channels
                and not (
                    proven.has_unnamed_channels
                    and proven.absorbed_conversation_count > 0
                )
                then proven.proven_channel_count
        end as channel_count,
        coalesce(proven.proven_channel_count > 1, false) as is_multichannel,
        -- One that is not named may have come before all others, or after.
        {% for end, known in {
            'first': ' and not proven.is_part_of_channels', 'last': '',
        }.items() %}
            case
                when
                    contacts.uncaptured_contact_count = 0
                    and not proven.has_unnamed_channels{{ known }}
                    then channels.{{ end }}_channel
            end as {{ end }}_channel,
        {% endfor %}
        proven.is_newer_than_export,
        {% for column in [
            'contact_count', 'uncaptured_contact_count', 'work_session_count',
            'inbound_contact_count', 'outbound_contact_count', 'agent_count',
            'handle_seconds', 'after_contact_seconds', 'unknown_seconds',
            'total_handle_seconds', 'contact_without_work_count',
            'work_source_extract',
        ] %}
            contacts.{{ column }},
        {% endfor %}
        coalesce(contacts.is_self_served, false) as is_self_served,
        {% for column in [
            'message_count', 'customer_message_count', 'agent_message_count',
            'automated_message_count', 'message_source_extract',
        ] %}
            case
                when
                    messages.message_source_extract = 'conversation_items'
                    or contacts.uncaptured_contact_count = 0
                    then messages.{{ column }}
            end as {{ column }},
        {% endfor %}
        messages.note_count,
        coalesce(messages.is_older_than_items, false) as is_older_than_items,
        replies.first_customer_message_at,
        replies.first_agent_reply_at,
        replies.first_reply_seconds,
        topics.topic_count,
        coalesce(topics.is_untagged, false) as is_untagged
    from proven
    {% for part in ['channels', 'contacts', 'messages', 'replies', 'topics'] %}
        left join {{ part }}
            on proven.conversation_id = {{ part }}.conversation_id
    {% endfor %}

)

select * from summed
