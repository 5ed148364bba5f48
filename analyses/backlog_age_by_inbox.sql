select
    inbox_id,
    activity_date,
    open_count,
    open_age_median_seconds / 86400 as median_days,
    open_age_oldest_seconds / 86400 as oldest_days
from {{ ref('fct_inbox_daily') }}
where open_count > 0
order by activity_date, inbox_id
