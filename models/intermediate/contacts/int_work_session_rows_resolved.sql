with

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

placed as (

    select
        work_session_events.work_session_event_key,
        work_session_events.contact_id,
        work_session_events.agent_id,
        work_session_events.direction,
        work_session_events.contact_created_at,
        work_session_events.contact_ended_at,
        work_session_events.contact_status,
        conversation_ids.conversation_id
    from work_session_events
    left join conversation_ids
        on
            work_session_events.reported_conversation_id
            = conversation_ids.reported_conversation_id

),

handled as (

    select
        contact_id,
        conversation_id,
        direction,
        min(contact_created_at) as contact_created_at,
        max(contact_ended_at) as contact_ended_at
    from placed
    where agent_id is not null
    group by contact_id, conversation_id, direction

),

-- Of two outbound contacts at once only the higher-ranked one has an agent.
stacked as (

    select placed.work_session_event_key
    from placed
    inner join handled
        on
            placed.conversation_id = handled.conversation_id
            and placed.direction = 'outbound'
            and handled.direction = 'outbound'
            and placed.contact_id != handled.contact_id
            and placed.contact_created_at <= handled.contact_ended_at
            and placed.contact_ended_at >= handled.contact_created_at
    where placed.agent_id is null
    group by placed.work_session_event_key

),

handled_contacts as (

    select contact_id
    from handled
    group by contact_id

),

sorted as (

    select
        placed.work_session_event_key,
        placed.contact_id,
        case
            when placed.agent_id is not null then 'in_fact'
            when handled_contacts.contact_id is not null then 'superseded'
            when
                placed.contact_ended_at is null
                and not {{ proves_end('placed.contact_status') }}
                then 'set_aside_open'
            when stacked.work_session_event_key is not null
                then 'set_aside_stacked_outbound'
            else 'set_aside_unhandled'
        end as outcome
    from placed
    left join handled_contacts
        on placed.contact_id = handled_contacts.contact_id
    left join stacked
        on placed.work_session_event_key = stacked.work_session_event_key

)

select * from sorted
