with

conversation_items as (

    select
        *,
        case when initiator_type = 'customer' then initiator_id end
            as initiating_customer_id
    from {{ ref('stg_gladly__conversation_items') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

deleted_with_owner as (

    select conversation_owners.conversation_id
    from conversation_owners
    inner join customer_ids
        on conversation_owners.customer_id = customer_ids.reported_customer_id
    where customer_ids.customer_status = 'deleted'

),

initiators as (

    select
        reported_customer_id,
        customer_id
    from customer_ids

),

merged_customers as (

    select customer_id
    from customer_ids
    where resolution_status = 'merged'
    group by customer_id

),

-- R15: only a merge gives an item a new id, so only items of customers with an
-- absorbed profile can be one message under two ids.
of_merged_customers as (

    select
        conversation_items.conversation_item_id,
        conversation_items.occurred_at,
        conversation_items.content_type,
        conversation_ids.conversation_id,
        customer_ids.customer_status = 'deleted'
        or deleted_with_owner.conversation_id is not null as is_erased,
        coalesce(initiators.customer_id, conversation_items.initiator_id, '')
            as initiator_id
    from conversation_items
    inner join customer_ids
        on
            conversation_items.reported_customer_id
            = customer_ids.reported_customer_id
    inner join merged_customers
        on customer_ids.customer_id = merged_customers.customer_id
    inner join conversation_ids
        on
            conversation_items.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join deleted_with_owner
        on conversation_ids.conversation_id = deleted_with_owner.conversation_id
    left join initiators
        on
            conversation_items.initiating_customer_id
            = initiators.reported_customer_id

),

look_alikes as (

    select *
    from of_merged_customers
    qualify count(*) over (
        partition by occurred_at, content_type, conversation_id, initiator_id
    ) > 1

)

select * from look_alikes
