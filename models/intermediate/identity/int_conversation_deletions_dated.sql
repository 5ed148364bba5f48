with

proofs_of_life as (

    select * from {{ ref('int_ids_alive_dated') }}
    where entity = 'conversation'

),

conversations as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

conversation_lookups as (

    select * from {{ ref('stg_gladly__conversation_lookups') }}

),

conversation_customers as (

    select * from {{ ref('int_conversation_customers_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

customer_deletions as (

    select * from {{ ref('int_customer_deletions_dated') }}

),

found_gone as (

    select
        requested_conversation_id as reported_conversation_id,
        looked_up_at as gone_at
    from conversation_lookups
    where lookup_outcome = 'gone'

    union all

    select
        reported_conversation_id,
        _captured_at as gone_at
    from conversations
    where is_gone

),

gone_since_last_seen as (

    select
        found_gone.reported_conversation_id,
        found_gone.gone_at
    from found_gone
    left join proofs_of_life
        on found_gone.reported_conversation_id = proofs_of_life.id
    where
        proofs_of_life.last_alive_at is null
        or found_gone.gone_at > proofs_of_life.last_alive_at

),

deleted_with_customer as (

    select
        conversation_customers.reported_conversation_id,
        customer_deletions.deleted_at as gone_at
    from conversation_customers
    inner join customer_ids
        on
            conversation_customers.reported_customer_id
            = customer_ids.reported_customer_id
    left join customer_deletions
        on customer_ids.customer_id = customer_deletions.reported_customer_id
    where customer_ids.customer_status = 'deleted'

),

proofs as (

    select
        *,
        false as is_with_customer
    from gone_since_last_seen

    union all

    select
        *,
        true as is_with_customer
    from deleted_with_customer

),

proven as (

    select
        reported_conversation_id,
        min(gone_at) as deleted_at,
        bool_or(is_with_customer) as is_with_customer
    from proofs
    group by reported_conversation_id

)

select * from proven
