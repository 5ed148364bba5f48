with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

timestamps_report as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

customer_lookups as (

    select * from {{ ref('stg_gladly__customer_lookups') }}

),

reported as (

    select
        'customer' as entity,
        source_customer_id as absorbed_id,
        destination_customer_id as surviving_id,
        'customer_merged_event' as source_extract,
        1 as evidence_rank,
        occurred_at as merged_at,
        cast(null as timestamp) as looked_up_at
    from events
    where event_type in ('customer_merged', 'customer_profile_merged')

    union all

    select
        'conversation' as entity,
        source_conversation_id as absorbed_id,
        destination_conversation_id as surviving_id,
        'customer_merged_event' as source_extract,
        1 as evidence_rank,
        occurred_at as merged_at,
        cast(null as timestamp) as looked_up_at
    from events
    where event_type = 'customer_merged'

    union all

    select
        'customer' as entity,
        merged_customer_id as absorbed_id,
        reported_customer_id as surviving_id,
        'conversation_timestamps' as source_extract,
        2 as evidence_rank,
        occurred_at as merged_at,
        cast(null as timestamp) as looked_up_at
    from timestamps_report
    where event_type = 'customer_merged'

    union all

    select
        'conversation' as entity,
        merged_conversation_id as absorbed_id,
        reported_conversation_id as surviving_id,
        'conversation_timestamps' as source_extract,
        2 as evidence_rank,
        occurred_at as merged_at,
        cast(null as timestamp) as looked_up_at
    from timestamps_report
    where event_type = 'customer_merged'

    union all

    -- A redirect reports where a profile went, not when.
    select
        'customer' as entity,
        requested_customer_id as absorbed_id,
        resolved_customer_id as surviving_id,
        'redirect_lookup' as source_extract,
        3 as evidence_rank,
        cast(null as timestamp) as merged_at,
        looked_up_at
    from customer_lookups
    where lookup_outcome = 'moved'

),

-- Also drops a blank id: null differs from nothing.
between_two_ids as (

    select * from reported
    where absorbed_id != surviving_id

),

earliest as (

    select
        entity,
        absorbed_id,
        surviving_id,
        source_extract,
        evidence_rank,
        min(merged_at) as merged_at,
        max(looked_up_at) as looked_up_at
    from between_two_ids
    group by entity, absorbed_id, surviving_id, source_extract, evidence_rank

)

select * from earliest
