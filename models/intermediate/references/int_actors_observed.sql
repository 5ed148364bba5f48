with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

initiators as (

    select
        initiator_id,
        initiator_type
    from conversation_items

    union

    select
        initiator_id,
        initiator_type
    from conversation_timestamps

    union

    select
        initiator_id,
        initiator_type
    from events

),

observed as (

    select
        initiator_id as agent_id,
        bool_or(initiator_type = 'system') as is_system
    from initiators
    where initiator_id is not null and initiator_type in ('agent', 'system')
    group by initiator_id

)

select * from observed
