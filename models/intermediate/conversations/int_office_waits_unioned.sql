{% set waits = {
    'first_reply': ['first_customer_message_at', 'first_agent_reply_at'],
    'created_to_first_closed': ['created_at', 'first_closed_at'],
    'created_to_last_closed': ['created_at', 'last_closed_at'],
} %}

with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

replies as (

    select * from {{ ref('int_conversation_replies_resolved') }}

),

inbox_business_hours as (

    select * from {{ ref('seed_inbox_business_hours') }}

),

office_hours as (

    select * from {{ ref('int_office_hours_sequenced') }}

),

-- One row, also without schedules.
defaults as (

    select max(business_hours_id) as business_hours_id
    from office_hours
    where is_default

),

conversations as (

    select
        lifecycles.conversation_id,
        lifecycles.created_inbox_id,
        lifecycles.created_at,
        lifecycles.first_closed_at,
        case
            when lifecycles.created_to_last_closed_seconds is not null
                then lifecycles.last_closed_at
        end as last_closed_at,
        replies.first_customer_message_at,
        replies.first_agent_reply_at
    from lifecycles
    left join replies on lifecycles.conversation_id = replies.conversation_id

),

waits as (

    select
        contacts.contact_id as subject_id,
        'queued_to_fulfilled' as wait,
        contact_references.queued_inbox_id as inbox_id,
        contacts.queued_at as begins_at,
        contacts.fulfilled_at as ends_at
    from contacts
    left join contact_references
        on contacts.contact_id = contact_references.contact_id

    {% for wait, moments in waits.items() %}
        union all

        select
            conversation_id as subject_id,
            '{{ wait }}' as wait,
            created_inbox_id as inbox_id,
            {{ moments[0] }} as begins_at,
            {{ moments[1] }} as ends_at
        from conversations
    {% endfor %}

),

unioned as (

    select
        waits.*,
        coalesce(
            inbox_business_hours.business_hours_id, defaults.business_hours_id
        ) as business_hours_id,
        inbox_business_hours.inbox_id is not null as is_schedule_assigned
    from waits
    cross join defaults
    left join inbox_business_hours
        on waits.inbox_id = inbox_business_hours.inbox_id
    where waits.begins_at is not null and waits.ends_at is not null

)

select * from unioned
