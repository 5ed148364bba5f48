select
    last_closed_inbox_id,
    count(*) as conversations,
    median(created_to_last_closed_business_seconds) / 3600 as median_hours
from {{ ref('fct_conversations') }}
where last_closed_at is not null
group by last_closed_inbox_id
order by conversations desc, last_closed_inbox_id asc
