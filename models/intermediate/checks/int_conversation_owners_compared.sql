with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

observed as (

    select * from {{ ref('int_conversation_customers_unioned') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

owners as (

    select
        conversation_ids.conversation_id,
        customer_ids.customer_id,
        max(observed.last_known_at) as last_known_at
    from observed
    inner join conversation_ids
        on
            observed.reported_conversation_id
            = conversation_ids.reported_conversation_id
    inner join customer_ids
        on observed.reported_customer_id = customer_ids.reported_customer_id
    group by conversation_ids.conversation_id, customer_ids.customer_id

),

violations as (

    select
        conversation_id,
        count(*) as customer_count,
        min(customer_id) as first_customer_id,
        max(customer_id) as last_customer_id,
        max(last_known_at) as last_known_at
    from owners
    group by conversation_id
    having count(*) > 1

)

select * from violations
