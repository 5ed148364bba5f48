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
        *,
        min(customer_id) over (partition by address_type, address)
            as first_customer_id,
        lead(customer_id) over (
            partition by address_type, address order by customer_id
        ) as next_customer_id,
        count(*) over (partition by address_type, address) as customer_count
    from of_current_customers

),

others_named as (

    select
        customer_id,
        address_type,
        case
            when first_customer_id = customer_id then next_customer_id
            else first_customer_id
        end as other_customer_id,
        customer_count
    from shared
    where customer_count > 1

),

most_shared as (

    select * from others_named
    qualify row_number() over (
        partition by customer_id, address_type
        order by customer_count desc, other_customer_id asc
    ) = 1

)

select * from most_shared
