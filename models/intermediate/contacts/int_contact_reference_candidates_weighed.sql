with

told_references as (

    select * from {{ ref('int_contact_references_told') }}

),

names as (

    select * from {{ ref('int_names_versioned') }}

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

weighed as (

    select
        told_references.contact_reference_key,
        names.entity_id,
        coalesce(bool_or(names.entity_id = told_references.told_id), false)
            as is_told,
        bool_or(worked.entity_id is not null) as is_at_work,
        coalesce(
            bool_or(
                told_references.happened_at >= names.valid_from
                and (
                    names.valid_to is null
                    or told_references.happened_at < names.valid_to
                )
            ),
            false
        ) as is_named_so_then,
        coalesce(
            bool_or(
                told_references.printed_at >= names.valid_from
                and (
                    names.valid_to is null
                    or told_references.printed_at < names.valid_to
                )
            ),
            false
        ) as is_named_so_when_printed
    from told_references
    inner join names
        on
            told_references.entity = names.entity
            and told_references.printed_name = names.entity_name
    left join worked
        on
            told_references.contact_id = worked.contact_id
            and names.entity = worked.entity
            and names.entity_id = worked.entity_id
    group by told_references.contact_reference_key, names.entity_id

)

select * from weighed
