with

messages as (

    select * from {{ ref('int_conversation_items_resolved') }}
    where is_message

),

contacts_reported as (

    select * from {{ ref('int_message_contacts_matched') }}

),

contacts_inferred as (

    select * from {{ ref('int_message_contacts_inferred') }}

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

contact_export_report as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

linked as (

    select
        messages.conversation_id,
        messages.occurred_at,
        coalesce(contacts_reported.contact_id, contacts_inferred.contact_id)
            as contact_id,
        contacts_reported.contact_id is null as is_uncertain
    from messages
    left join contacts_reported
        on messages.item_id = contacts_reported.message_id
    left join contacts_inferred
        on messages.item_id = contacts_inferred.message_id

),

counted as (

    select
        contact_id,
        count(*) as message_count,
        max(occurred_at) as last_message_at
    from linked
    where contact_id is not null
    group by contact_id

),

-- A link that is not reported can be missing here and one too many next door.
conversations as (

    select
        conversation_id,
        bool_or(is_uncertain) as has_uncertain_links
    from linked
    group by conversation_id

),

ours as (

    select
        contact_export_report.contact_id,
        coalesce(counted.message_count, 0) as message_count,
        case
            when conversations.conversation_id is null
                then 'messages_not_exported'
            when counted.last_message_at > contact_export_report._captured_at
                then 'captured_earlier'
            when conversations.has_uncertain_links then 'links_not_reported'
            when
                contact_export_report.rule_message_count > 0
                and coalesce(counted.message_count, 0)
                < contact_export_report.message_count
                then 'automatic_replies_not_exported'
            when counted.contact_id is null then 'messages_not_exported'
        end as message_cause
    from contact_export_report
    left join contact_owners
        on contact_export_report.contact_id = contact_owners.contact_id
    left join counted on contact_export_report.contact_id = counted.contact_id
    left join conversations
        on contact_owners.conversation_id = conversations.conversation_id

),

compared as (

    {{ compared_measure(
        'contact_id', 'message_count', 'contact_export_report', 'number',
        'message_cause',
    ) }}

)

select * from compared
