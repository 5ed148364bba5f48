with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

actors as (

    select
        initiator_id as actor_id,
        initiator_type as actor_type
    from conversation_items

    union

    select
        responder_id as actor_id,
        responder_type as actor_type
    from conversation_items

    union

    select
        initiator_id as actor_id,
        initiator_type as actor_type
    from conversation_timestamps

    union

    select
        initiator_id as actor_id,
        initiator_type as actor_type
    from contact_timestamps

    union

    select
        initiator_id as actor_id,
        initiator_type as actor_type
    from events

),

observed as (

    select
        actor_id as agent_id,
        bool_or(actor_type = 'system') as is_system
    from actors
    where actor_id is not null and actor_type in ('agent', 'system')
    group by actor_id

)

select * from observed
