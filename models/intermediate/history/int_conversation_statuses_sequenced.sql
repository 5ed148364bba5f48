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

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

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
        on known.reported_conversation_id = creations.reported_conversation_id

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

),

followed as (

    select
        *,
        lead(changed_at) over (
            partition by reported_conversation_id
            order by changed_at
        ) as next_changed_at,
        lead(is_reported, 1, true) over (
            partition by reported_conversation_id
            order by changed_at
        ) as is_end_reported
    from inferred

),

sequenced as (

    select
        conversation_ids.conversation_id,
        followed.reported_conversation_id,
        followed.status,
        followed.changed_at as valid_from,
        coalesce(followed.next_changed_at, conversation_ids.ended_at)
            as valid_to,
        case
            when followed.next_changed_at is null then conversation_ids.ended_by
            when followed.status = 'open' then 'closed'
            else 'reopened'
        end as ended_by,
        followed.is_reported as is_beginning_reported,
        followed.is_end_reported
    from followed
    left join conversation_ids
        on
            followed.reported_conversation_id
            = conversation_ids.reported_conversation_id

)

select * from sequenced
