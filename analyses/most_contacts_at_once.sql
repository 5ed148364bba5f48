select
    half_hour_date,
    channel,
    max(most_in_progress_count) as most_at_once
from {{ ref('fct_contact_intervals') }}
group by half_hour_date, channel
order by half_hour_date, channel
