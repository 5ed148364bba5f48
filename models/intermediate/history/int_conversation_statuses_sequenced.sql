with

inferred as (

    select * from {{ ref('int_conversation_statuses_inferred') }}

),

ends as (

    select * from {{ ref('int_conversation_ends_dated') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

followed as (

    select
        *,
        lead(changed_at) over (
            partition by reported_conversation_id
            order by changed_at
        ) as next_changed_at
    from inferred

),

sequenced as (

    select
        conversation_ids.conversation_id,
        followed.reported_conversation_id,
        followed.status,
        followed.changed_at as valid_from,
        coalesce(followed.next_changed_at, ends.ended_at) as valid_to,
        case
            when followed.next_changed_at is null then ends.ended_by
            when followed.status = 'open' then 'closed'
            else 'reopened'
        end as ended_by,
        followed.is_reported as is_beginning_reported
    from followed
    left join ends
        on followed.reported_conversation_id = ends.reported_conversation_id
    left join conversation_ids
        on
            followed.reported_conversation_id
            = conversation_ids.reported_conversation_id

)

select * from sequenced
