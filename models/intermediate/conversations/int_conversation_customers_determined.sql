with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

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

    select * from {{ ref('int_contacts_combined') }}

),

-- Told anew at each capture, so the newest capture knows the present owner.
recomputed as (

    select
        reported_conversation_id,
        reported_customer_id,
        _captured_at as known_at
    from conversation_export

    union all

    select
        reported_conversation_id,
        reported_customer_id,
        _captured_at as known_at
    from conversations

    union all

    select
        reported_conversation_id,
        reported_customer_id,
        _captured_at as known_at
    from conversation_timestamps

),

-- Never told again, so the oldest row is as good as any and never changes.
frozen as (

    select
        reported_conversation_id,
        reported_customer_id,
        occurred_at as known_at
    from conversation_items

    union all

    select
        reported_conversation_id,
        reported_customer_id,
        occurred_at as known_at
    from events

    union all

    select
        reported_conversation_id,
        reported_customer_id,
        queued_at as known_at
    from contacts

),

newest_recomputed as (

    select
        reported_conversation_id,
        max_by(reported_customer_id, (known_at, reported_customer_id))
            as reported_customer_id
    from recomputed
    where
        reported_conversation_id is not null
        and reported_customer_id is not null
    group by reported_conversation_id

),

oldest_frozen as (

    select
        reported_conversation_id,
        min_by(reported_customer_id, (known_at, reported_customer_id))
            as reported_customer_id
    from frozen
    where
        reported_conversation_id is not null
        and reported_customer_id is not null
    group by reported_conversation_id

),

determined as (

    select
        coalesce(
            newest_recomputed.reported_conversation_id,
            oldest_frozen.reported_conversation_id
        ) as conversation_id,
        coalesce(
            newest_recomputed.reported_customer_id,
            oldest_frozen.reported_customer_id
        ) as reported_customer_id
    from newest_recomputed
    full outer join oldest_frozen
        on
            newest_recomputed.reported_conversation_id
            = oldest_frozen.reported_conversation_id

)

select * from determined
