select
    local_time,
    count(distinct agent_id) as agents,
    sum(active_seconds) / 3600 as active_hours,
    sum(away_seconds) / 3600 as away_hours
from {{ ref('fct_agent_intervals') }}
group by local_time
order by local_time
