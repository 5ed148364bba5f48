with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

),

conversation_lookups as (

    select * from {{ ref('stg_gladly__conversation_lookups') }}

),

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

merges as (

    select * from {{ ref('int_conversation_merges_collected') }}

),

mentioned as (

    select reported_conversation_id from conversation_export
    union
    select reported_conversation_id from conversations
    union
    select requested_conversation_id from conversation_lookups
    union
    select reported_conversation_id from conversation_timestamps
    union
    select reported_conversation_id from contact_timestamps
    union
    select reported_conversation_id from conversation_items
    union
    select reported_conversation_id from events
    union
    select reported_conversation_id from contact_export
    union
    select reported_conversation_id from work_session_events
    union
    select absorbed_conversation_id from merges
    union
    select surviving_conversation_id from merges

),

listed as (

    select reported_conversation_id
    from mentioned
    where reported_conversation_id is not null

)

select * from listed
