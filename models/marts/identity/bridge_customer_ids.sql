with

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

bridged as (

    select
        reported_customer_id,
        customer_id,
        resolution_status,
        customer_status,
        resolved_by,
        hop_count,
        merged_at,
        is_conflicted,
        first_seen_at,
        last_seen_at
    from customer_ids

)

select * from bridged
