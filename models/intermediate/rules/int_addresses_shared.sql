with

addresses as (

    select * from {{ ref('stg_gladly__customer_addresses') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

-- Stale captures of merged profiles repeat the survivor's addresses.
of_current_customers as (

    select
        addresses.reported_customer_id as customer_id,
        addresses.address_type,
        addresses.address
    from addresses
    inner join customer_ids
        on addresses.reported_customer_id = customer_ids.reported_customer_id
    where
        customer_ids.resolution_status = 'current'
        and addresses.address_type in ('email', 'mobile')
    group by
        addresses.reported_customer_id,
        addresses.address_type,
        addresses.address

),

shared as (

    select
        customer_id,
        address_type,
        min(customer_id) over (partition by address_type, address)
            as first_customer_id,
        count(*) over (partition by address_type, address) as customer_count
    from of_current_customers

),

violations as (

    select
        customer_id,
        address_type,
        min(first_customer_id) as first_customer_id,
        max(customer_count) as customer_count
    from shared
    where customer_count > 1
    group by customer_id, address_type

)

select * from violations
