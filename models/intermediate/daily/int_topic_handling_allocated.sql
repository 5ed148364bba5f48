with

work as (

    select * from {{ ref('int_contact_work_unioned') }}

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
    from {{ ref('int_topic_stays_resolved') }}
    where removed_at is null

),

ancestors as (

    select * from {{ ref('int_topic_ancestors_resolved') }}

),

worked as (

    select
        conversation_ids.conversation_id,
        {{ to_reporting_date('work.anchored_at') }} as activity_date,
        sum(cast(work.handle_seconds as decimal(18, 3))) as handle_seconds
    from work
    inner join conversation_ids
        on
            work.reported_conversation_id
            = conversation_ids.reported_conversation_id
    where work.anchored_at is not null
    group by conversation_ids.conversation_id, activity_date

),

-- In decimals, because the last digits of a sum of shares would depend on the
-- order of adding, and the rounding of half a millisecond on them.
shared_out as (

    select
        current_stays.topic_id,
        worked.activity_date,
        cast(
            worked.handle_seconds * current_stays.allocation_weight
            as decimal(24, 9)
        ) as shared_seconds
    from worked
    inner join current_stays
        on worked.conversation_id = current_stays.conversation_id

),

allocated as (

    select
        ancestors.ancestor_topic_id as topic_id,
        shared_out.activity_date,
        cast(
            round(
                case
                    when count(*) filter (where ancestors.distance = 0) = 0
                        then 0
                    else
                        sum(shared_out.shared_seconds) filter (
                            where ancestors.distance = 0
                        )
                end,
                3
            ) as double
        ) as handle_seconds,
        cast(round(sum(shared_out.shared_seconds), 3) as double)
            as branch_handle_seconds
    from shared_out
    inner join ancestors on shared_out.topic_id = ancestors.topic_id
    group by ancestors.ancestor_topic_id, shared_out.activity_date

)

select * from allocated
