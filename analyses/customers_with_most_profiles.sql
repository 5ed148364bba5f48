with

customers as (

    select * from {{ ref('dim_customers') }}

),

contacts as (

    select * from {{ ref('fct_contacts') }}

),

counted as (

    select
        customer_id,
        count(*) filter (where reported_customer_id != customer_id)
            as contacts_under_other_ids
    from contacts
    group by customer_id

),

ranked as (

    select
        customers.customer_id,
        customers.absorbed_profile_count,
        customers.conversation_count,
        customers.contact_count,
        coalesce(counted.contacts_under_other_ids, 0)
            as contacts_under_other_ids
    from customers
    left join counted on customers.customer_id = counted.customer_id
    where customers.absorbed_profile_count > 0

)

select * from ranked
order by absorbed_profile_count desc, contact_count desc, customer_id asc
limit 20
