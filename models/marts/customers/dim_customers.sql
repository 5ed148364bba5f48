with

addresses as (

    select * from {{ ref('int_customer_addresses_aggregated') }}

),

conversations as (

    select * from {{ ref('fct_conversations') }}

),

contacts as (

    select * from {{ ref('fct_contacts') }}

),

families as (

    select
        customer_id,
        max(customer_status) as customer_status,
        count(*) filter (where resolution_status = 'merged')
            as absorbed_profile_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from {{ ref('int_customer_ids_resolved') }}
    group by customer_id

),

-- A contact is not queued after its conversation was closed for good. Those of
-- a deleted one stay in the extracts, without the report that counts them.
conversations_ended as (

    select
        *,
        coalesce(not is_deleted and contact_count is null, false)
        or coalesce(uncaptured_contact_count > 0, false) as is_missing_contacts,
        case when not is_open then last_closed_at end as ended_at
    from conversations

),

conversations_counted as (

    select
        customer_id,
        min(created_at) as first_conversation_at,
        max(created_at) as last_conversation_at,
        count(*) as conversation_count,
        count(*) filter (where is_open) as open_conversation_count,
        cast(sum(uncaptured_contact_count) as bigint)
            as uncaptured_contact_count,
        bool_or(contact_count is null and not is_deleted)
            as has_unknown_contacts,
        bool_or(contact_count is null) as has_unproven_contacts,
        bool_or(is_missing_contacts) as is_missing_contacts,
        bool_or(is_missing_contacts and ended_at is null)
            as may_miss_newest_contact,
        max(ended_at) filter (where is_missing_contacts) as contacts_missing_to
    from conversations_ended
    group by customer_id

),

contacts_counted as (

    select
        customer_id,
        count(*) as contact_count,
        -- One that began, or was over by then, at an unknown time may count.
        case
            when count(*) > 1 and (
                count(*) > count(queued_at)
                or min(queued_at)
                filter (where ended_at is null and not is_open)
                < max(queued_at)
            ) then null
            else count(*) filter (where is_repeat_contact)
        end as repeat_contact_count,
        max(queued_at) as last_contact_at
    from contacts
    group by customer_id

),

joined as (

    select
        families.customer_id,
        families.customer_status,
        families.absorbed_profile_count,
        families.first_seen_at,
        families.last_seen_at,
        conversations_counted.first_conversation_at,
        conversations_counted.last_conversation_at,
        {% for column in ['conversation_count', 'open_conversation_count'] %}
            coalesce(conversations_counted.{{ column }}, 0) as {{ column }},
        {% endfor %}
        case
            when
                conversations_counted.may_miss_newest_contact is not true
                and coalesce(
                    conversations_counted.contacts_missing_to
                    <= contacts_counted.last_contact_at,
                    conversations_counted.contacts_missing_to is null
                )
                then contacts_counted.last_contact_at
        end as last_contact_at,
        -- With what Conversation Export counts beyond.
        case
            when conversations_counted.has_unknown_contacts then null
            when
                contacts_counted.contact_count is not null
                or conversations_counted.uncaptured_contact_count > 0
                or conversations_counted.has_unproven_contacts is not true
                then
                    coalesce(contacts_counted.contact_count, 0) + coalesce(
                        conversations_counted.uncaptured_contact_count, 0
                    )
        end as contact_count,
        case
            when conversations_counted.is_missing_contacts then null
            when contacts_counted.customer_id is not null
                then contacts_counted.repeat_contact_count
            when conversations_counted.has_unproven_contacts is not true then 0
        end as repeat_contact_count,
        {% for column in ['email_count', 'mobile_count'] %}
            case
                when families.customer_status != 'deleted'
                    then addresses.{{ column }}
            end as {{ column }},
        {% endfor %}
        coalesce(conversations_counted.open_conversation_count, 0) > 0
            as has_open_conversation,
        families.customer_status = 'deleted' as is_deleted
    from families
    left join addresses on families.customer_id = addresses.customer_id
    left join conversations_counted
        on families.customer_id = conversations_counted.customer_id
    left join contacts_counted
        on families.customer_id = contacts_counted.customer_id

)

select * from joined
