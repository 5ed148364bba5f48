with

contacts as (

    select * from {{ ref('int_contacts_combined') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_observed') }}

),

contact_events as (

    select * from {{ ref('int_contact_events_observed') }}

),

joined as (

    select
        contacts.contact_id,
        contacts.queued_at,
        contacts.ended_at,
        contact_export._captured_at as printed_at,
        contact_export.queued_inbox_name,
        contact_export.ended_inbox_name,
        contact_export.ended_agent_name,
        contact_events.started_inbox_id,
        contact_events.ended_agent_id,
        -- Work Sessions does not say of which moment its inbox is; once the
        -- contact has ended it stays as it was then.
        coalesce(
            contact_events.ended_inbox_id,
            case
                when contact_sessions.contact_ended_at is not null
                    then contact_sessions.inbox_id
            end
        ) as ended_inbox_id
    from contacts
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join contact_sessions
        on contacts.contact_id = contact_sessions.contact_id
    left join contact_events on contacts.contact_id = contact_events.contact_id

),

told as (

    select
        contact_id,
        'queued_inbox' as reference,
        'inbox' as entity,
        queued_at as happened_at,
        queued_inbox_name as printed_name,
        printed_at,
        started_inbox_id as told_id
    from joined

    union all

    select
        contact_id,
        'ended_inbox' as reference,
        'inbox' as entity,
        ended_at as happened_at,
        ended_inbox_name as printed_name,
        printed_at,
        ended_inbox_id as told_id
    from joined

    union all

    select
        contact_id,
        'ended_agent' as reference,
        'agent' as entity,
        ended_at as happened_at,
        ended_agent_name as printed_name,
        printed_at,
        ended_agent_id as told_id
    from joined

),

known as (

    select
        {{ hashed_key(['contact_id', 'reference']) }} as contact_reference_key,
        *
    from told
    where printed_name is not null or told_id is not null

)

select * from known
