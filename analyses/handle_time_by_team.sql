select
    bridge_team_agents.team_id,
    sum(fct_work_sessions.handle_seconds) / 3600 as hours,
    avg(fct_work_sessions.handle_seconds) as average_seconds
from {{ ref('fct_work_sessions') }}
inner join {{ ref('bridge_team_agents') }}
    on fct_work_sessions.agent_id = bridge_team_agents.agent_id
group by bridge_team_agents.team_id
order by hours desc, bridge_team_agents.team_id asc
