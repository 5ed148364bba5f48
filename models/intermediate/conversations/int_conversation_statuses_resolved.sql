with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

snapshots as (

    select * from {{ ref('int_conversation_snapshots_deduplicated') }}

),

fetched as (

    select * from {{ ref('stg_gladly__conversations') }}

),

histories as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where valid_to is null

),

-- The history has weighed the snapshot against the events. Only GET
-- conversation reports waiting, which lasts while the conversation is open: a
-- report pulled later that says open takes nothing back, for it says so of all.
determined as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        case
            when conversation_ids.resolution_status in ('deleted', 'unresolved')
                then conversation_ids.resolution_status
            when
                fetched.conversation_status = 'waiting'
                and snapshots.conversation_status in ('open', 'waiting')
                and histories.status = 'open'
                and histories.valid_from <= fetched._captured_at
                then 'waiting'
            when
                snapshots.conversation_status in ('open', 'waiting', 'closed')
                or snapshots.conversation_status is null
                then coalesce(
                    histories.status,
                    snapshots.conversation_status,
                    'unresolved'
                )
            else snapshots.conversation_status
        end as conversation_status
    from conversation_ids
    left join snapshots
        on
            conversation_ids.reported_conversation_id
            = snapshots.reported_conversation_id
    left join fetched
        on
            conversation_ids.reported_conversation_id
            = fetched.reported_conversation_id
    left join histories
        on
            conversation_ids.reported_conversation_id
            = histories.reported_conversation_id
    where conversation_ids.resolution_status != 'merged'

)

select * from determined
