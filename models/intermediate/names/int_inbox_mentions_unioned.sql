with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

contact_timestamps as (

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

events as (

    select * from {{ ref('stg_gladly__events') }}

),

all_mentions as (

    {{ mentions('conversation_export', {
        'current_inbox_id': 'current_inbox_name',
        'created_inbox_id': 'created_inbox_name',
        'last_closed_inbox_id': 'last_closed_inbox_name',
    }) }}

    union all

    {{ mentions('conversation_timestamps', {
        'assigned_inbox_id': 'assigned_inbox_name',
        'new_inbox_id': 'new_inbox_name',
    }) }}

    union all

    {{ mentions('contact_timestamps', {
        'assigned_inbox_id': 'assigned_inbox_name',
    }) }}

    union all

    {{ mentions('conversations', {
        'inbox_id': none,
    }) }}

    union all

    {{ mentions('tasks', {
        'inbox_id': none,
    }) }}

    union all

    {{ mentions('work_session_events', {
        'inbox_id': none,
        'accepted_inbox_id': none,
    }) }}

    union all

    {{ mentions('events', {
        'assignee_inbox_id': none,
        'context_inbox_id': none,
    }) }}

),

listed as (

    select
        mentioned_id as inbox_id,
        max(mentioned_name) as inbox_name,
        _captured_at
    from all_mentions
    where mentioned_id is not null
    group by mentioned_id, _captured_at

)

select * from listed
