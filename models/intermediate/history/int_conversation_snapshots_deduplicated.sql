with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

),

-- Reports run about an hour behind: later, others know better.
snapshots as (

    select
        reported_conversation_id,
        conversation_status,
        _captured_at,
        _captured_at - interval 1 hour as known_until,
        2 as precedence
    from conversation_export

    union all

    -- GET conversation distinguishes waiting from open, Conversation Export
    -- does not: at the same moment it says more.
    select
        reported_conversation_id,
        conversation_status,
        _captured_at,
        _captured_at as known_until,
        1 as precedence
    from conversations

),

selected as (

    select
        reported_conversation_id,
        conversation_status,
        _captured_at as observed_at,
        known_until
    from snapshots
    where conversation_status is not null
    qualify row_number() over (
        partition by reported_conversation_id
        order by
            _captured_at desc,
            precedence asc,
            conversation_status asc nulls last
    ) = 1

)

select * from selected
