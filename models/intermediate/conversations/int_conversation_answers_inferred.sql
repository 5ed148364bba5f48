with

messages as (

    select * from {{ ref('int_conversation_messages_aggregated') }}

),

contacts as (

    select * from {{ ref('int_conversation_contacts_resolved') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}
    where is_message and conversation_id is not null

),

-- What a rule sends is a receipt, which answers nothing.
first_answers as (

    select
        conversation_id,
        min(occurred_at) filter (
            where is_automated and sender_type != 'automation'
        ) as first_automated_at,
        min(occurred_at) filter (where is_from_agent or is_answered_by_agent)
            as first_agent_at
    from conversation_items
    group by conversation_id

),

joined as (

    select
        messages.conversation_id,
        messages.message_source_extract,
        contacts.contact_count,
        contacts.handle_seconds,
        first_answers.first_automated_at,
        first_answers.first_agent_at,
        coalesce(
            first_answers.first_automated_at < first_answers.first_agent_at,
            first_answers.first_automated_at is not null
        ) as was_automation_first
    from messages
    left join contacts on messages.conversation_id = contacts.conversation_id
    left join first_answers
        on messages.conversation_id = first_answers.conversation_id

),

inferred as (

    select
        conversation_id,
        first_automated_at,
        first_agent_at,
        case
            when coalesce(message_source_extract, '') != 'conversation_items'
                then null
            when was_automation_first and first_agent_at is not null
                then 'handed_over'
            -- Automation that does not settle it makes a contact for people.
            when was_automation_first and contact_count > 0 then 'handed_over'
            when was_automation_first and contact_count = 0 then 'automation'
            when was_automation_first then null
            when first_agent_at is not null or handle_seconds > 0 then 'people'
            when handle_seconds = 0 or contact_count = 0 then 'none'
        end as answered_by
    from joined

)

select * from inferred
