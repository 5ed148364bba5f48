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

    {% for column, entity in {
        'inbox_id': 'inbox', 'accepted_inbox_id': 'inbox', 'agent_id': 'agent',
    }.items() %}
        select
            contact_id,
            '{{ entity }}' as entity,
            {{ column }} as entity_id
        from work_session_events
        {{ 'union' if not loop.last }}
    {% endfor %}

),

printed_references as (

    select
        reported_references.contact_reference_key,
        reported_references.contact_id,
        reported_references.entity,
        reported_references.reported_id,
        reported_references.is_named_by_event,
        case
            when reported_references.printed_name = printed_names.printed_name
                then reported_references.happened_at
        end as happened_at,
        reported_references.printed_name,
        lower(trim(printed_names.printed_name)) as compared_name,
        reported_references.printed_name = printed_names.printed_name
            as is_printed_last,
        count(*) over (
            partition by reported_references.contact_reference_key
        ) as name_count,
        printed_names.first_printed_at,
        printed_names.last_printed_at
    from reported_references
    inner join printed_names
        on
            reported_references.contact_id = printed_names.contact_id
            and reported_references.reference = printed_names.reference

),

-- Reports print what is gone by its last name, if it was there at that moment.
compared as (

    select
        printed_references.contact_reference_key,
        printed_references.compared_name,
        printed_references.is_printed_last,
        printed_references.name_count,
        names.entity_id,
        names.entity_id = printed_references.reported_id as is_reported,
        trim(names.entity_name) = trim(printed_references.printed_name)
            as is_spelled_so,
        worked.entity_id is not null as is_at_work,
        printed_references.happened_at >= names.held_from
        and printed_references.happened_at
        < coalesce(names.held_to, timestamp '9999-12-31') as is_held_then,
        not names.is_disabled as is_enabled,
        printed_references.happened_at >= names.seen_from
        and (
            names.held_to is null
            or printed_references.happened_at <= names.seen_to
        ) as is_seen_around,
        {% for time in ['first', 'last'] %}
            printed_references.{{ time }}_printed_at >= names.held_from
            and printed_references.{{ time }}_printed_at
            < coalesce(names.printed_to, timestamp '9999-12-31')
            and (
                coalesce(printed_references.happened_at < names.held_to, true)
                or names.printed_to is not null
            ) as is_held_when_{{ time }}_printed,
        {% endfor %}
        coalesce(names.entity_id = printed_references.reported_id, true)
        or (
            not printed_references.is_named_by_event
            and printed_references.last_printed_at >= names.seen_from
        ) as is_uncontradicted
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

-- Printed twice under one name, it must have had it both times; under several,
-- each when that was printed. Names change hands, an event's id never.
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
        coalesce(bool_or(is_held_then and is_seen_around), false)
            as is_surely_named_so_then,
        bool_or(is_held_when_first_printed and is_printed_last)
        and bool_or(is_held_when_last_printed and is_printed_last)
            as is_named_so_when_printed,
        max(name_count) > 1 as is_renamed,
        max(name_count) > 1
        and count(distinct compared_name) filter (
            where is_held_when_first_printed and is_held_when_last_printed
        ) = max(name_count) as is_named_so_each_time
    from compared
    group by contact_reference_key, entity_id
    having bool_or(is_printed_last) and bool_or(is_uncontradicted)

)

select * from weighed
