with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_customers as (

    select * from {{ ref('int_conversation_customers_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

resolved as (

    select
        conversation_ids.conversation_id,
        customer_ids.customer_id
    from conversation_ids
    left join conversation_customers
        on
            conversation_ids.conversation_id
            = conversation_customers.reported_conversation_id
    left join customer_ids
        on
            conversation_customers.reported_customer_id
            = customer_ids.reported_customer_id
    where conversation_ids.resolution_status != 'merged'

)

select * from resolved
