select
    queued_inbox_id,
    count(*) as overdue_contacts,
    min(due_at) as first_due_at
from {{ ref('fct_contacts') }}
where is_overdue
group by queued_inbox_id
order by first_due_at, queued_inbox_id
