with

export_captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}
    where conversation_status is not null

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}
    where conversation_status is not null

),

-- Reports run about an hour behind, GET conversation is as of the call. It also
-- shows waiting apart from open: at the same moment it says more.
captures as (

    select
        reported_conversation_id,
        conversation_status,
        current_inbox_id,
        current_agent_id,
        _captured_at as observed_at,
        _captured_at - interval 1 hour as known_until,
        2 as precedence,
        _extract_file,
        _record_number
    from export_captures

    union all

    select
        reported_conversation_id,
        conversation_status,
        inbox_id as current_inbox_id,
        agent_id as current_agent_id,
        _captured_at as observed_at,
        _captured_at as known_until,
        1 as precedence,
        _extract_file,
        _record_number
    from conversation_captures

)

select * from captures
