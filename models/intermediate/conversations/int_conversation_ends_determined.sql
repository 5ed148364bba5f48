with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

absorbed_untold as (

    select * from {{ ref('int_conversations_absorbed_untold') }}

),

deletions as (

    select * from {{ ref('int_conversation_deletions_proven') }}

),

determined as (

    select
        conversation_ids.reported_conversation_id,
        conversation_ids.conversation_id,
        case
            when
                conversation_ids.resolution_status = 'merged'
                or absorbed_untold.reported_conversation_id is not null
                then 'merged'
            else 'deleted'
        end as ended_by,
        -- A merge nobody tells the moment of had happened when first seen.
        coalesce(
            conversation_ids.merged_at,
            absorbed_untold.merged_before,
            deletions.deleted_at
        ) as ended_at
    from conversation_ids
    left join absorbed_untold
        on
            conversation_ids.reported_conversation_id
            = absorbed_untold.reported_conversation_id
    left join deletions
        on
            conversation_ids.reported_conversation_id
            = deletions.reported_conversation_id
    where
        conversation_ids.resolution_status in ('merged', 'deleted')
        or absorbed_untold.reported_conversation_id is not null

)

select * from determined
