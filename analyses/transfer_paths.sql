select
    from_inbox_id,
    to_inbox_id,
    count(*) as transfers,
    median(transferred_to_accepted_seconds) as median_wait_seconds
from {{ ref('fct_contact_transfers') }}
where coalesce(reason, '') != 'merge'
group by from_inbox_id, to_inbox_id
order by transfers desc, from_inbox_id asc, to_inbox_id asc
