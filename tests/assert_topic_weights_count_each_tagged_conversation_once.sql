select
    conversation_id,
    sum(allocation_weight) as weight_sum,
    count(*) filter (where is_current) as topic_count
from {{ ref('fct_conversation_topics') }}
group by conversation_id
having
    abs(sum(allocation_weight) - cast(bool_or(is_current) as integer))
    > 0.000001
