with

customer_profiles as (

    select * from {{ ref('stg_gladly__customer_profiles') }}

),

export_customers as (

    select * from {{ ref('stg_gladly__export_customers') }}

),

customer_lookups as (

    select * from {{ ref('stg_gladly__customer_lookups') }}

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

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

),

tasks as (

    select * from {{ ref('stg_gladly__tasks') }}

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

events as (

    select * from {{ ref('stg_gladly__events') }}

),

bridged_ids as (

    select reported_customer_id
    from {{ ref('bridge_customer_ids') }}

),

staged_ids as (

    select
        'customer_profiles' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from customer_profiles

    union all

    select
        'export_customers' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from export_customers

    union all

    select
        'customer_lookups' as extract_name,
        'requested_customer_id' as column_name,
        requested_customer_id as staged_id
    from customer_lookups

    union all

    select
        'customer_lookups' as extract_name,
        'resolved_customer_id' as column_name,
        resolved_customer_id as staged_id
    from customer_lookups

    union all

    select
        'conversation_export_report' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from conversation_export_report

    union all

    select
        'conversation_timestamps_report' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from conversation_timestamps_report

    union all

    select
        'conversation_timestamps_report' as extract_name,
        'merged_customer_id' as column_name,
        merged_customer_id as staged_id
    from conversation_timestamps_report

    union all

    select
        'contact_timestamps_report' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from contact_timestamps_report

    union all

    select
        'conversations' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from conversations

    union all

    select
        'tasks' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from tasks

    union all

    select
        'work_session_events' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from work_session_events

    union all

    select
        'contact_export_report' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from contact_export_report

    union all

    select
        'conversation_items' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from conversation_items

    union all

    select
        'events' as extract_name,
        'reported_customer_id' as column_name,
        reported_customer_id as staged_id
    from events

    union all

    select
        'events' as extract_name,
        'source_customer_id' as column_name,
        source_customer_id as staged_id
    from events

    union all

    select
        'events' as extract_name,
        'destination_customer_id' as column_name,
        destination_customer_id as staged_id
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
        on staged_ids.staged_id = bridged_ids.reported_customer_id
    where
        staged_ids.staged_id is not null
        and bridged_ids.reported_customer_id is null
    group by
        staged_ids.extract_name,
        staged_ids.column_name,
        staged_ids.staged_id

)

select * from unresolved
