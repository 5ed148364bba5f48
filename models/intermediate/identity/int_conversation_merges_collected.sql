with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

timestamps_report as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

told_by_events as (

    select
        source_conversation_id as absorbed_conversation_id,
        destination_conversation_id as surviving_conversation_id,
        'customer_merged_event' as resolved_by,
        1 as evidence_rank,
        occurred_at as merged_at
    from events
    where event_type = 'customer_merged'

),

told_by_report as (

    select
        merged_conversation_id as absorbed_conversation_id,
        reported_conversation_id as surviving_conversation_id,
        'conversation_timestamps' as resolved_by,
        2 as evidence_rank,
        occurred_at as merged_at
    from timestamps_report
    where event_type = 'customer_merged'

),

told as (

    select * from told_by_events
    union all
    select * from told_by_report

),

best_evidence as (

    select * from told
    where absorbed_conversation_id != surviving_conversation_id
    qualify row_number() over (
        partition by absorbed_conversation_id
        order by evidence_rank, merged_at, surviving_conversation_id
    ) = 1

)

select
    absorbed_conversation_id,
    surviving_conversation_id,
    resolved_by,
    merged_at
from best_evidence
