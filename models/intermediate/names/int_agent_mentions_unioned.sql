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

agent_timestamps as (

    select * from {{ ref('stg_gladly__agent_timestamps_report') }}

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
        'current_agent_id': 'current_agent_name',
        'created_agent_id': 'created_agent_name',
        'created_by_agent_id': 'created_by_agent_name',
        'last_closed_agent_id': 'last_closed_agent_name',
        'last_closed_by_agent_id': 'last_closed_by_agent_name',
    }) }}

    union all

    {{ mentions('conversation_timestamps', {
        'assigned_agent_id': 'assigned_agent_name',
        'new_agent_id': 'new_agent_name',
    }) }}

    union all

    {{ mentions('contact_timestamps', {
        'assigned_agent_id': 'assigned_agent_name',
    }) }}

    union all

    {{ mentions('agent_timestamps', {
        'agent_id': 'agent_name',
    }) }}

    union all

    {{ mentions('conversations', {
        'agent_id': none,
    }) }}

    union all

    {{ mentions('tasks', {
        'agent_id': none,
    }) }}

    union all

    {{ mentions('work_session_events', {
        'agent_id': none,
    }) }}

    union all

    {{ mentions('events', {
        'agent_id': none,
        'assignee_agent_id': none,
        'context_agent_id': none,
    }) }}

),

listed as (

    select
        mentioned_id as agent_id,
        max(mentioned_name) as agent_name,
        _captured_at
    from all_mentions
    where mentioned_id is not null
    group by mentioned_id, _captured_at

)

select * from listed
