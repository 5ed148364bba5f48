with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

joined as (

    select
        conversation_ids.reported_conversation_id,
        conversation_ids.conversation_id,
        conversation_ids.resolution_status,
        canonical.resolution_status as conversation_status,
        conversation_ids.resolved_by,
        conversation_ids.hop_count,
        conversation_ids.merged_at,
        conversation_ids.is_conflicted,
        conversation_ids.first_seen_at,
        conversation_ids.last_seen_at
    from conversation_ids
    left join conversation_ids as canonical
        on conversation_ids.conversation_id = canonical.reported_conversation_id

)

select * from joined
