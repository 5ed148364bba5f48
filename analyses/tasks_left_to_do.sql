select
    inbox_id,
    agent_id,
    count(*) as open_tasks,
    count(*) filter (where is_overdue) as overdue_tasks
from {{ ref('fct_tasks') }}
where is_open
group by inbox_id, agent_id
order by overdue_tasks desc, inbox_id asc, agent_id asc
