select
    local_time,
    sum(contacts_queued_count) as contacts,
    sum(contacts_within_sla_count)
    / nullif(sum(contacts_with_sla_count), 0) as sla_rate
from {{ ref('fct_contact_intervals') }}
where direction = 'inbound'
group by local_time
order by local_time
