select
    answered_by,
    count(*) as conversations
from {{ ref('fct_conversations') }}
where answered_by is not null and created_at is not null
group by answered_by
order by conversations desc, answered_by asc
