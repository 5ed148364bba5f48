select
    date_trunc('month', created_date) as month_created,
    count(first_reply_business_seconds) as replied,
    median(first_reply_business_seconds) as median_seconds
from {{ ref('fct_conversations') }}
where created_date is not null
group by month_created
order by month_created
