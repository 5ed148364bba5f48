with

stays as (

    select * from {{ ref('int_topic_stays_resolved') }}

),

final as (

    select
        {{ hashed_key(['conversation_id', 'topic_id', 'interval_number']) }}
            as conversation_topic_key,
        conversation_id,
        topic_id,
        added_at,
        removed_at,
        added_by_type,
        added_by_agent_id,
        interval_number,
        removed_at is null as is_current,
        case
            when removed_at is null
                then cast(1 as double) / count(*) over (
                    partition by conversation_id, removed_at is null
                )
            else cast(0 as double)
        end as allocation_weight
    from stays

)

select * from final
