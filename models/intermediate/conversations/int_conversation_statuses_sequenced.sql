with

observed as (

    select * from {{ ref('int_conversation_statuses_observed') }}

),

ends as (

    select * from {{ ref('int_conversation_ends_determined') }}

),

compared as (

    select
        *,
        lag(status) over (
            partition by reported_conversation_id
            order by observed_at
        ) as previous_status
    from observed

),

-- Told closed twice, it was closed once.
changes as (

    select
        *,
        lead(observed_at) over (
            partition by reported_conversation_id
            order by observed_at
        ) as changed_at
    from compared
    where previous_status is null or status != previous_status

),

sequenced as (

    select
        changes.conversation_id,
        changes.reported_conversation_id,
        changes.status,
        changes.observed_at as valid_from,
        coalesce(changes.changed_at, ends.ended_at) as valid_to,
        case
            when changes.changed_at is null then ends.ended_by
            when changes.status = 'open' then 'closed'
            else 'reopened'
        end as ended_by
    from changes
    left join ends
        on changes.reported_conversation_id = ends.reported_conversation_id

)

select * from sequenced
