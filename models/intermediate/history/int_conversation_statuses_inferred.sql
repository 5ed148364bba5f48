with

changes as (

    select * from {{ ref('int_conversation_status_changes_compared') }}

),

closings as (

    select * from {{ ref('int_conversation_closings_inferred') }}

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
        *,
        lag(status) over (
            partition by reported_conversation_id
            order by changed_at, is_reported
        ) as previous_status
    from known

),

-- What is closed twice was reopened in between, and what is reopened twice was
-- closed: at the latest just before the second time, which proves it. So was
-- open what is first known by its closing.
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
        or (previous_status is null and status = 'closed' and is_reported)

)

select * from inferred
