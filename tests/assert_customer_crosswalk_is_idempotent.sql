with

customer_ids as (

    select * from {{ ref('bridge_customer_ids') }}

),

canonical_ids as (

    select
        reported_customer_id,
        customer_id
    from customer_ids

),

resolved_twice as (

    select
        customer_ids.reported_customer_id,
        customer_ids.customer_id as resolved_once,
        canonical_ids.customer_id as resolved_again
    from customer_ids
    left join canonical_ids
        on customer_ids.customer_id = canonical_ids.reported_customer_id

),

changed as (

    select * from resolved_twice
    where resolved_again is null or resolved_once != resolved_again

)

select * from changed
