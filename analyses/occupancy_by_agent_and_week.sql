with

agent_days as (

    select * from {{ ref('fct_agent_daily') }}

),

agents as (

    select * from {{ ref('dim_agents') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

),

summed as (

    select
        dates.week_start_date,
        agent_days.agent_id,
        sum(agent_days.work_session_count) as work_session_count,
        sum(agent_days.active_seconds) as active_seconds,
        sum(agent_days.handle_seconds + agent_days.after_contact_seconds)
            as worked_seconds
    from agent_days
    left join dates on agent_days.activity_date = dates.calendar_date
    group by dates.week_start_date, agent_days.agent_id

),

rated as (

    select
        summed.week_start_date,
        agents.agent_name,
        summed.work_session_count,
        summed.active_seconds,
        summed.worked_seconds,
        summed.worked_seconds / nullif(summed.active_seconds, 0)
            as occupancy_rate
    from summed
    left join agents on summed.agent_id = agents.agent_id

)

select * from rated
order by week_start_date, agent_name
