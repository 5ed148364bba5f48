select
    channel,
    count(*) as contacts,
    median(queued_to_accepted_seconds) as median_seconds,
    max(queued_to_accepted_seconds) as longest_seconds
from {{ ref('fct_contacts') }}
where queued_to_accepted_seconds is not null and direction = 'inbound'
group by channel
order by contacts desc, channel asc
