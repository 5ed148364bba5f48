with

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

),

conversation_lookups as (

    select * from {{ ref('stg_gladly__conversation_lookups') }}

),

conversation_export_report as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversation_timestamps_report as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

contact_timestamps_report as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

contact_export_report as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

conversation_item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

bridged_ids as (

    select reported_conversation_id
    from {{ ref('bridge_conversation_ids') }}

),

staged_ids as (

    select
        'conversations' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from conversations

    union all

    select
        'conversation_lookups' as extract_name,
        'requested_conversation_id' as column_name,
        requested_conversation_id as staged_id
    from conversation_lookups

    union all

    select
        'conversation_lookups' as extract_name,
        'resolved_conversation_id' as column_name,
        resolved_conversation_id as staged_id
    from conversation_lookups

    union all

    select
        'conversation_export_report' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from conversation_export_report

    union all

    select
        'conversation_timestamps_report' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from conversation_timestamps_report

    union all

    select
        'conversation_timestamps_report' as extract_name,
        'merged_conversation_id' as column_name,
        merged_conversation_id as staged_id
    from conversation_timestamps_report

    union all

    select
        'contact_timestamps_report' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from contact_timestamps_report

    union all

    select
        'work_session_events' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from work_session_events

    union all

    select
        'contact_export_report' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from contact_export_report

    union all

    select
        'conversation_items' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from conversation_items

    union all

    select
        'conversation_item_copies' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from conversation_item_copies

    union all

    select
        'events' as extract_name,
        'reported_conversation_id' as column_name,
        reported_conversation_id as staged_id
    from events

    union all

    select
        'events' as extract_name,
        'source_conversation_id' as column_name,
        source_conversation_id as staged_id
    from events

    union all

    select
        'events' as extract_name,
        'destination_conversation_id' as column_name,
        destination_conversation_id as staged_id
    from events

),

unresolved as (

    select
        staged_ids.extract_name,
        staged_ids.column_name,
        staged_ids.staged_id,
        count(*) as row_count
    from staged_ids
    left join bridged_ids
        on staged_ids.staged_id = bridged_ids.reported_conversation_id
    where
        staged_ids.staged_id is not null
        and bridged_ids.reported_conversation_id is null
    group by
        staged_ids.extract_name,
        staged_ids.column_name,
        staged_ids.staged_id

)

select * from unresolved
