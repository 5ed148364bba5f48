with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

absorbed_unrecorded as (

    select * from {{ ref('int_unrecorded_merges_dated') }}

),

deletions as (

    select * from {{ ref('int_conversation_deletions_dated') }}

),

determined as (

    select
        conversation_ids.reported_conversation_id,
        conversation_ids.conversation_id,
        case
            when
                conversation_ids.resolution_status = 'merged'
                or absorbed_unrecorded.reported_conversation_id is not null
                then 'merged'
            else 'deleted'
        end as ended_by,
        -- A merge whose moment no extract reports had happened when first seen.
        coalesce(
            conversation_ids.merged_at,
            absorbed_unrecorded.merged_before,
            deletions.deleted_at
        ) as ended_at
    from conversation_ids
    left join absorbed_unrecorded
        on
            conversation_ids.reported_conversation_id
            = absorbed_unrecorded.reported_conversation_id
    left join deletions
        on
            conversation_ids.reported_conversation_id
            = deletions.reported_conversation_id
    where
        conversation_ids.resolution_status in ('merged', 'deleted')
        or absorbed_unrecorded.reported_conversation_id is not null

)

select * from determined
