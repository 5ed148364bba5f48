with

work_sessions as (

    select
        *,
        coalesce(contact_ended_at, contact_created_at) as anchored_at
    from {{ ref('int_work_sessions_selected') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

current_stays as (

    select
        topic_id,
        conversation_id,
        1.0 / count(*) over (partition by conversation_id)
            as allocation_weight
    from {{ ref('int_topic_stays_merged') }}
    where removed_at is null

),

ancestors as (

    select * from {{ ref('int_topic_ancestors_found') }}

),

worked as (

    select
        conversation_ids.conversation_id,
        {{ to_reporting_date('work_sessions.anchored_at') }} as activity_date,
        sum(work_sessions.handle_seconds) as handle_seconds
    from work_sessions
    inner join conversation_ids
        on
            work_sessions.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id, activity_date

),

allocated as (

    select
        ancestors.ancestor_topic_id as topic_id,
        worked.activity_date,
        coalesce(
            round(
                sum(worked.handle_seconds * current_stays.allocation_weight)
                filter (where ancestors.distance = 0),
                3
            ),
            0
        ) as handle_seconds,
        coalesce(
            round(
                sum(worked.handle_seconds * current_stays.allocation_weight),
                3
            ),
            0
        ) as branch_handle_seconds
    from worked
    inner join current_stays
        on worked.conversation_id = current_stays.conversation_id
    inner join ancestors on current_stays.topic_id = ancestors.topic_id
    group by ancestors.ancestor_topic_id, worked.activity_date

)

select * from allocated
