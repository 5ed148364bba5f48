with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

),

observations as (

    select
        reported_conversation_id as conversation_id,
        conversation_status,
        _captured_at as observed_at,
        2 as precedence
    from conversation_export

    union all

    -- GET conversation tells waiting apart from open, Conversation Export does
    -- not: at the same moment it says more.
    select
        reported_conversation_id as conversation_id,
        conversation_status,
        _captured_at as observed_at,
        1 as precedence
    from conversations

),

newest as (

    select * from observations
    where conversation_status is not null
    qualify row_number() over (
        partition by conversation_id
        order by
            observed_at desc, precedence asc, conversation_status asc
    ) = 1

),

determined as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        case
            when conversation_ids.resolution_status in ('deleted', 'unresolved')
                then conversation_ids.resolution_status
            else coalesce(newest.conversation_status, 'unresolved')
        end as conversation_status
    from conversation_ids
    left join newest
        on conversation_ids.reported_conversation_id = newest.conversation_id
    where conversation_ids.resolution_status != 'merged'

)

select * from determined
