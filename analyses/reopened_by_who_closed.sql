with

conversation_events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

agents as (

    select * from {{ ref('dim_agents') }}

),

followed as (

    select
        event_type,
        initiator_type,
        case when initiator_type = 'agent' then initiator_id end as agent_id,
        coalesce(
            lead(event_type) over (
                partition by reported_conversation_id
                order by event_number
            ) = 'conversation_reopened',
            false
        ) as was_reopened
    from conversation_events
    where
        event_type in ('conversation_closed', 'conversation_reopened')
        and not is_posthumous

),

counted as (

    select
        initiator_type,
        agent_id,
        count(*) as closed_count,
        count(*) filter (where was_reopened) as reopened_count
    from followed
    where event_type = 'conversation_closed'
    group by initiator_type, agent_id

),

rated as (

    select
        counted.initiator_type as closed_by_type,
        agents.agent_name,
        counted.closed_count,
        counted.reopened_count,
        counted.reopened_count / counted.closed_count as reopened_rate
    from counted
    left join agents on counted.agent_id = agents.agent_id

)

select * from rated
order by reopened_rate desc, closed_count desc, agent_name asc
