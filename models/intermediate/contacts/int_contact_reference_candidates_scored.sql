with

reported_references as (

    select * from {{ ref('int_contact_references_unioned') }}

),

printed_names as (

    select * from {{ ref('int_contact_names_dated') }}

),

names as (

    select * from {{ ref('int_name_holders_aggregated') }}

),

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

-- Whom Work Sessions names on the contact, at whatever moment of it.
worked as (

    select
        contact_id,
        'inbox' as entity,
        inbox_id as entity_id
    from work_session_events

    union

    select
        contact_id,
        'inbox' as entity,
        accepted_inbox_id as entity_id
    from work_session_events

    union

    select
        contact_id,
        'agent' as entity,
        agent_id as entity_id
    from work_session_events

),

printed_references as (

    select
        reported_references.contact_reference_key,
        reported_references.contact_id,
        reported_references.entity,
        reported_references.reported_id,
        reported_references.happened_at,
        reported_references.printed_name,
        lower(trim(reported_references.printed_name)) as compared_name,
        printed_names.first_printed_at,
        printed_names.last_printed_at
    from reported_references
    inner join printed_names
        on
            reported_references.contact_id = printed_names.contact_id
            and reported_references.reference = printed_names.reference
            and reported_references.printed_name = printed_names.printed_name

),

compared as (

    select
        printed_references.contact_reference_key,
        names.entity_id,
        names.entity_id = printed_references.reported_id as is_reported,
        trim(names.entity_name) = trim(printed_references.printed_name)
            as is_spelled_so,
        worked.entity_id is not null as is_at_work,
        printed_references.happened_at >= names.held_from
        and printed_references.happened_at
        < coalesce(names.held_to, timestamp '9999-12-31') as is_held_then,
        not names.is_disabled as is_enabled,
        printed_references.happened_at >= names.seen_from as is_seen_by_then,
        names.held_to is null
        or printed_references.happened_at <= names.seen_to
            as is_unchanged_by_then,
        printed_references.first_printed_at >= names.held_from
        and printed_references.first_printed_at
        < coalesce(names.printed_to, timestamp '9999-12-31')
            as is_held_when_first_printed,
        printed_references.last_printed_at >= names.held_from
        and printed_references.last_printed_at
        < coalesce(names.printed_to, timestamp '9999-12-31')
            as is_held_when_last_printed,
        printed_references.last_printed_at >= names.seen_from
            as is_seen_by_printing
    from printed_references
    inner join names
        on
            printed_references.entity = names.entity
            and printed_references.compared_name = names.compared_name
    left join worked
        on
            printed_references.contact_id = worked.contact_id
            and names.entity = worked.entity
            and names.entity_id = worked.entity_id

),

-- Printed twice under one name, it must have had it both times.
weighed as (

    select
        contact_reference_key,
        entity_id,
        coalesce(bool_or(is_reported), false) as is_reported,
        bool_or(is_spelled_so) as is_spelled_so,
        bool_or(is_at_work) as is_at_work,
        coalesce(bool_or(is_held_then), false) as is_named_so_then,
        coalesce(bool_or(is_held_then and is_enabled), false)
            as is_enabled_then,
        coalesce(bool_or(is_held_then and is_seen_by_then), false)
            as is_seen_so_then,
        coalesce(bool_or(is_held_then and is_unchanged_by_then), false)
            as is_surely_named_so_then,
        bool_or(is_held_when_first_printed)
        and bool_or(is_held_when_last_printed) as is_named_so_when_printed,
        bool_or(is_held_when_last_printed and is_seen_by_printing)
            as is_seen_so_when_printed
    from compared
    group by contact_reference_key, entity_id

)

select * from weighed
