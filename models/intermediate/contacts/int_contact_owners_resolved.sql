with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

resolved as (

    select
        contacts.contact_id,
        contacts.channel,
        conversation_ids.conversation_id,
        -- A conversation belongs to one customer (R07), and its contacts too.
        coalesce(conversation_owners.customer_id, customer_ids.customer_id)
            as customer_id
    from contacts
    left join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join conversation_owners
        on
            conversation_ids.conversation_id
            = conversation_owners.conversation_id
    left join customer_ids
        on
            contacts.reported_customer_id
            = customer_ids.reported_customer_id

)

select * from resolved
