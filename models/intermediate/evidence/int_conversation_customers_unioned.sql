{% set restated = [
    'conversation_export', 'conversations', 'conversation_timestamps',
] %}

with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}
    qualify row_number() over (
        partition by reported_conversation_id, _captured_at
        order by {{ newest_first() }}
    ) = 1

),

-- A 404 does not say whose it was; the fetch before it does (R32).
conversations as (

    select * from {{ ref('stg_gladly__conversation_captures') }}
    where not is_gone
    qualify row_number() over (
        partition by reported_conversation_id, _captured_at
        order by {{ newest_first() }}
    ) = 1

),

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

reported as (

    -- Reported anew at each capture, so the newest capture knows the present
    -- owner.
    {% for source in restated %}
        select
            reported_conversation_id,
            reported_customer_id,
            _captured_at as known_at,
            _captured_at as reported_at,
            true as is_recomputed
        from {{ source }}

        union all

    {% endfor %}
    -- Never reported again, so the oldest row is as good as any and never
    -- changes. An item names the owner of its export, which may be long after
    -- it.
    select
        reported_conversation_id,
        reported_customer_id,
        occurred_at as known_at,
        _captured_at as reported_at,
        false as is_recomputed
    from conversation_items

    union all

    select
        reported_conversation_id,
        reported_customer_id,
        occurred_at as known_at,
        occurred_at as reported_at,
        false as is_recomputed
    from events

    union all

    {% for side in ['source', 'destination'] %}
        select
            {{ side }}_conversation_id as reported_conversation_id,
            {{ side }}_customer_id as reported_customer_id,
            occurred_at as known_at,
            occurred_at as reported_at,
            false as is_recomputed
        from events

        union all

    {% endfor %}
    select
        reported_conversation_id,
        reported_customer_id,
        queued_at as known_at,
        queued_at as reported_at,
        false as is_recomputed
    from contacts

),

observed as (

    select
        reported_conversation_id,
        reported_customer_id,
        is_recomputed,
        min(known_at) as first_known_at,
        max(known_at) as last_known_at,
        min(reported_at) as first_reported_at
    from reported
    where
        reported_conversation_id is not null
        and reported_customer_id is not null
    group by
        reported_conversation_id, reported_customer_id, is_recomputed

)

select * from observed
