with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

timestamps_report as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

moments as (

    select
        reported_conversation_id,
        occurred_at,
        event_type != 'conversation_closed' as is_opening
    from events
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )

    union

    select
        reported_conversation_id,
        occurred_at,
        event_type != 'conversation_closed' as is_opening
    from timestamps_report
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )

    union

    select
        reported_conversation_id,
        occurred_at,
        changed_to_status = 'open' as is_opening
    from conversation_items
    where
        content_type = 'conversation_status_change'
        and changed_to_status in ('open', 'closed')

    union

    select
        reported_conversation_id,
        created_at as occurred_at,
        true as is_opening
    from conversation_export

    union

    select
        reported_conversation_id,
        first_closed_at as occurred_at,
        false as is_opening
    from conversation_export

    union

    select
        reported_conversation_id,
        last_closed_at as occurred_at,
        false as is_opening
    from conversation_export
    where conversation_status != 'open'

),

known as (

    select * from moments
    where occurred_at is not null and reported_conversation_id is not null

)

select * from known
