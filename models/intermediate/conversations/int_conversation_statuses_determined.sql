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

conversation_lookups as (

    select * from {{ ref('stg_gladly__conversation_lookups') }}

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
        case
            when is_gone then 'deleted' else conversation_status
        end as conversation_status,
        _captured_at as observed_at,
        1 as precedence
    from conversations

    union all

    select
        requested_conversation_id as conversation_id,
        'deleted' as conversation_status,
        looked_up_at as observed_at,
        3 as precedence
    from conversation_lookups
    where http_status = 404

),

newest as (

    select * from observations
    where conversation_status is not null
    qualify row_number() over (
        partition by conversation_id
        order by observed_at desc, precedence, conversation_status
    ) = 1

),

absorbed as (

    select reported_conversation_id as conversation_id
    from conversation_export
    where conversation_status = 'merged'

),

-- An absorbed conversation answers 404 as a deleted one does (R11), so once a
-- report says merged, a 404 proves nothing; without an edge it is unresolved.
determined as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        case
            when absorbed.conversation_id is not null then 'unresolved'
            else coalesce(newest.conversation_status, 'unresolved')
        end as conversation_status
    from conversation_ids
    left join newest
        on conversation_ids.reported_conversation_id = newest.conversation_id
    left join absorbed
        on conversation_ids.reported_conversation_id = absorbed.conversation_id
    where conversation_ids.hop_count = 0

)

select * from determined
