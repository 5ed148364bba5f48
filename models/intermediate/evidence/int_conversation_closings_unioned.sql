with

export_captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

-- Most captures repeat what the one before reported.
reported as (

    select
        'conversation_export_report' as source_extract,
        reported_conversation_id,
        first_closed_at,
        last_closed_at,
        last_closed_inbox_id,
        last_closed_agent_id,
        last_closed_by_type,
        coalesce(last_closed_by_agent_id, last_closed_by_rule_id)
            as last_closed_by_id,
        bool_or(conversation_status in ('open', 'waiting')) as is_open_since,
        max(_captured_at) as _captured_at,
        max(_extract_file) as _extract_file,
        max(_record_number) as _record_number
    from export_captures
    where first_closed_at is not null or last_closed_at is not null
    group by all

    union all

    select
        'conversations' as source_extract,
        reported_conversation_id,
        closed_at as first_closed_at,
        closed_at as last_closed_at,
        null as last_closed_inbox_id,
        null as last_closed_agent_id,
        null as last_closed_by_type,
        null as last_closed_by_id,
        bool_or(conversation_status in ('open', 'waiting')) as is_open_since,
        max(_captured_at) as _captured_at,
        max(_extract_file) as _extract_file,
        max(_record_number) as _record_number
    from conversation_captures
    where closed_at is not null
    group by reported_conversation_id, closed_at

),

moments as (

    select
        *,
        last_closed_at as closed_at,
        date_trunc('second', last_closed_at) as closed_second,
        true as is_last
    from reported
    where last_closed_at is not null

    union all

    select
        *,
        first_closed_at as closed_at,
        date_trunc('second', first_closed_at) as closed_second,
        false as is_last
    from reported
    where last_closed_at is null or first_closed_at < last_closed_at

)

select * from moments
