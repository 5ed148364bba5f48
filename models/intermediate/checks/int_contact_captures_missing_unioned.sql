with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

ends_inferred as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

-- Contact Export has a contact on the day it began, Work Sessions on the day
-- it ended.
unended as (

    select
        contacts.contact_id,
        'end_not_reported' as reason,
        contacts.queued_at,
        ends_inferred.last_open_at as ended_after,
        ends_inferred.over_by as ended_before
    from contacts
    inner join ends_inferred on contacts.contact_id = ends_inferred.contact_id
    where contacts.is_in_contact_export or contacts.is_in_work_sessions

    union all

    select
        contacts.contact_id,
        'in_no_report' as reason,
        contacts.queued_at,
        coalesce(contacts.ended_at, ends_inferred.last_open_at) as ended_after,
        coalesce(contacts.ended_at, ends_inferred.over_by) as ended_before
    from contacts
    left join ends_inferred on contacts.contact_id = ends_inferred.contact_id
    where not contacts.is_in_contact_export and not contacts.is_in_work_sessions

),

wanted as (

    select
        'contact' as entity,
        contact_id as entity_id,
        'contact_export_report' as extract_name,
        reason,
        queued_at as pull_from,
        queued_at as pull_to
    from unended

    union all

    select
        'contact' as entity,
        contact_id as entity_id,
        'work_session_events' as extract_name,
        reason,
        ended_after as pull_from,
        ended_before as pull_to
    from unended

)

select * from wanted
