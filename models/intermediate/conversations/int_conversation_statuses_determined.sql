with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

snapshots as (

    select * from {{ ref('int_conversation_snapshots_selected') }}

),

determined as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        case
            when conversation_ids.resolution_status in ('deleted', 'unresolved')
                then conversation_ids.resolution_status
            else coalesce(snapshots.conversation_status, 'unresolved')
        end as conversation_status
    from conversation_ids
    left join snapshots
        on
            conversation_ids.reported_conversation_id
            = snapshots.reported_conversation_id
    where conversation_ids.resolution_status != 'merged'

)

select * from determined
