with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_deduplicated') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_aggregated') }}

),

contact_events as (

    select * from {{ ref('int_contact_moments_aggregated') }}

),

-- The contact that a conversation is created with is queued where that is.
creations as (

    select * from {{ ref('int_conversation_assignments_sequenced') }}
    where sequence_number = 1 and is_beginning_reported

),

joined as (

    select
        contacts.contact_id,
        contacts.queued_at,
        contacts.ended_at,
        contact_export.queued_inbox_name,
        contact_export.ended_inbox_name,
        contact_export.ended_agent_name,
        contact_export.queued_inbox_name = contact_export.ended_inbox_name
            as is_of_one_name,
        creations.inbox_id as created_inbox_id,
        contact_events.started_inbox_id,
        contact_events.ended_inbox_id,
        contact_events.ended_agent_id,
        coalesce(contact_work.first_inbox_id, contact_sessions.inbox_id)
            as likely_queued_inbox_id,
        -- Who has the end and leaves the agent blank says that none had it.
        {% for owner in ['inbox', 'agent'] %}
            coalesce(contact_export.is_ended_{{ owner }}_reported, false)
            or coalesce(contact_events.is_ended_{{ owner }}_reported, false)
                as is_ended_{{ owner }}_reported,
        {% endfor %}
        contact_sessions.inbox_id as last_inbox_id,
        contact_work.last_agent_id
    from contacts
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join contact_sessions
        on contacts.contact_id = contact_sessions.contact_id
    left join contact_work on contacts.contact_id = contact_work.contact_id
    left join contact_events on contacts.contact_id = contact_events.contact_id
    left join creations
        on
            contacts.reported_conversation_id
            = creations.reported_conversation_id
            and {{ is_within_tolerance(
                'contacts.queued_at', 'creations.assigned_at'
            ) }}

),

-- One name in one row of a report is one inbox, which other extracts may know
-- by id from one of the two moments.
reported as (

    select
        contact_id,
        'queued_inbox' as reference,
        'inbox' as entity,
        queued_at as happened_at,
        queued_inbox_name as printed_name,
        coalesce(
            started_inbox_id, case when is_of_one_name then ended_inbox_id end
        ) as named_id,
        created_inbox_id as created_id,
        likely_queued_inbox_id as likely_id
    from joined

    union all

    select
        contact_id,
        'ended_inbox' as reference,
        'inbox' as entity,
        ended_at as happened_at,
        ended_inbox_name as printed_name,
        coalesce(
            ended_inbox_id, case when is_of_one_name then started_inbox_id end
        ) as named_id,
        case when is_of_one_name then created_inbox_id end as created_id,
        case when not is_ended_inbox_reported then last_inbox_id end
            as likely_id
    from joined
    where ended_at is not null

    union all

    select
        contact_id,
        'ended_agent' as reference,
        'agent' as entity,
        ended_at as happened_at,
        ended_agent_name as printed_name,
        ended_agent_id as named_id,
        null as created_id,
        case when not is_ended_agent_reported then last_agent_id end
            as likely_id
    from joined
    where ended_at is not null

),

known as (

    select
        {{ hashed_key(['contact_id', 'reference']) }} as contact_reference_key,
        contact_id,
        reference,
        entity,
        happened_at,
        printed_name,
        coalesce(named_id, created_id) as reported_id,
        named_id is not null as is_named_by_event,
        likely_id
    from reported
    where coalesce(printed_name, named_id, created_id, likely_id) is not null

)

select * from known
