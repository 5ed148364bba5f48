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
        case
            when conversation_status = 'merged' then 'unresolved'
            else conversation_status
        end as conversation_status,
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
    qualify row_number() over (
        partition by conversation_id
        order by observed_at desc, precedence, conversation_status
    ) = 1

),

determined as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        coalesce(newest.conversation_status, 'unresolved')
            as conversation_status
    from conversation_ids
    left join newest
        on conversation_ids.reported_conversation_id = newest.conversation_id
    where conversation_ids.hop_count = 0

)

select * from determined
