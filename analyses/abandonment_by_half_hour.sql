select
    local_time,
    sum(contacts_abandoned_count) as abandoned,
    sum(contacts_abandoned_count)
    / nullif(sum(contacts_ended_count), 0) as abandonment_rate
from {{ ref('fct_contact_intervals') }}
where direction = 'inbound'
group by local_time
order by local_time
