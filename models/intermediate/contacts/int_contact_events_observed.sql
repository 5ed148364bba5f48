with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

told as (

    select
        contact_id,
        reported_conversation_id,
        reported_customer_id,
        event_type,
        occurred_at,
        channel,
        initiator_type,
        context_inbox_id as inbox_id,
        context_agent_id as agent_id,
        contact_status,
        1 as precedence,
        event_id as event_key
    from events
    where contact_id is not null and event_type like 'contact_%'

    union all

    select
        contact_id,
        reported_conversation_id,
        reported_customer_id,
        event_type,
        occurred_at,
        channel,
        initiator_type,
        assigned_inbox_id as inbox_id,
        assigned_agent_id as agent_id,
        cast(null as varchar) as contact_status,
        2 as precedence,
        contact_event_key as event_key
    from contact_timestamps
    where event_type like 'contact_%'

),

ids_of_first_event as (

    select * from told
    qualify row_number() over (
        partition by contact_id
        order by occurred_at, precedence, event_key
    ) = 1

),

start_told as (

    select * from told
    where event_type = 'contact_started'
    qualify row_number() over (
        partition by contact_id
        order by occurred_at, precedence, event_key
    ) = 1

),

end_told as (

    select * from told
    where event_type = 'contact_ended'
    qualify row_number() over (
        partition by contact_id
        order by occurred_at desc, precedence asc, event_key asc
    ) = 1

),

observed as (

    select
        ids_of_first_event.contact_id,
        ids_of_first_event.reported_conversation_id,
        ids_of_first_event.reported_customer_id,
        ids_of_first_event.channel,
        start_told.occurred_at as started_at,
        start_told.initiator_type,
        start_told.inbox_id as started_inbox_id,
        end_told.occurred_at as ended_at,
        end_told.inbox_id as ended_inbox_id,
        end_told.agent_id as ended_agent_id,
        end_told.contact_status
    from ids_of_first_event
    left join start_told
        on ids_of_first_event.contact_id = start_told.contact_id
    left join end_told
        on ids_of_first_event.contact_id = end_told.contact_id

)

select * from observed
