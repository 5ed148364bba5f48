select
    channel,
    count(*) as contacts,
    count(answered_at) as answered
from {{ ref('fct_contacts') }}
where direction = 'outbound'
group by channel
order by contacts desc, channel asc
