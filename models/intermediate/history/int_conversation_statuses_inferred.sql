with

changes as (

    select * from {{ ref('int_conversation_status_changes_compared') }}

),

closings as (

    select * from {{ ref('int_conversation_closings_inferred') }}

),

creations as (

    select reported_conversation_id
    from {{ ref('int_conversation_events_deduplicated') }}
    where event_type = 'conversation_created'
    group by reported_conversation_id

),

known as (

    select
        reported_conversation_id,
        changed_at,
        status,
        is_reported
    from changes

    union all

    select
        reported_conversation_id,
        changed_at,
        status,
        false as is_reported
    from closings

),

compared as (

    select
        known.*,
        creations.reported_conversation_id is not null as is_creation_known,
        lag(known.status) over (
            partition by known.reported_conversation_id
            order by known.changed_at, known.is_reported
        ) as previous_status
    from known
    left join creations
        on
            known.reported_conversation_id
            = creations.reported_conversation_id

),

-- What is closed twice was reopened in between, and what is reopened twice was
-- closed: at the latest just before the second time, which proves it. So was
-- open what is first known by its closing, and whose creation is unknown.
inferred as (

    select
        reported_conversation_id,
        changed_at,
        status,
        is_reported
    from compared

    union all

    select
        reported_conversation_id,
        changed_at - interval 1 millisecond as changed_at,
        case status when 'closed' then 'open' else 'closed' end as status,
        false as is_reported
    from compared
    where
        status = previous_status
        or (
            previous_status is null
            and status = 'closed'
            and is_reported
            and not is_creation_known
        )

)

select * from inferred
