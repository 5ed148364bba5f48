with

messages as (

    select * from {{ ref('int_conversation_items_resolved') }}
    where is_message and content_type in ('email', 'sms', 'phone_call')

),

item_addresses as (

    select * from {{ ref('stg_gladly__conversation_item_addresses') }}

),

profile_addresses as (

    select * from {{ ref('stg_gladly__customer_addresses') }}

),

export_addresses as (

    select * from {{ ref('stg_gladly__export_customer_addresses') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

-- Whose data will be erased is compared with no one, before and after alike.
lasting_messages as (

    select messages.*
    from messages
    inner join customer_ids
        on
            messages.customer_id = customer_ids.reported_customer_id
            and customer_ids.customer_status != 'deleted'

),

lasting_addresses as (

    select
        lasting_messages.item_id as message_id,
        lasting_messages.customer_id,
        lasting_messages.is_from_customer,
        lasting_messages.is_from_agent,
        item_addresses.address_role,
        item_addresses.address_type,
        item_addresses.address
    from lasting_messages
    inner join item_addresses
        on lasting_messages.item_id = item_addresses.conversation_item_id

),

addresses_known as (

    select
        customer_ids.customer_id,
        case
            when profile_addresses.address_type = 'email' then 'email'
            else 'phone'
        end as address_type,
        {{ comparable_address('profile_addresses.address') }} as address
    from profile_addresses
    inner join customer_ids
        on
            profile_addresses.reported_customer_id
            = customer_ids.reported_customer_id

    union

    select
        customer_ids.customer_id,
        export_addresses.address_type,
        export_addresses.address
    from export_addresses
    inner join customer_ids
        on
            export_addresses.reported_customer_id
            = customer_ids.reported_customer_id

    union

    select
        customer_id,
        address_type,
        address
    from lasting_addresses
    where is_from_customer and address_role = 'sender'

),

-- Profiles miss addresses that their customers write from, and some customers
-- have several that no merge has joined.
addresses_of_customers as (

    select
        address_type,
        address
    from addresses_known
    group by address_type, address

),

kinds_known as (

    select
        customer_id,
        address_type
    from addresses_known
    group by customer_id, address_type

),

-- Only what is of a kind that the customer is known by can be compared, and
-- proven to go to others only is what goes to no known customer.
compared as (

    select
        lasting_addresses.message_id,
        bool_or(addresses_of_customers.address is not null) as is_to_customer
    from lasting_addresses
    inner join kinds_known
        on
            lasting_addresses.customer_id = kinds_known.customer_id
            and lasting_addresses.address_type = kinds_known.address_type
    left join addresses_of_customers
        on
            lasting_addresses.address_type = addresses_of_customers.address_type
            and lasting_addresses.address = addresses_of_customers.address
    where
        not lasting_addresses.is_from_customer
        and lasting_addresses.address_role = 'recipient'
    group by lasting_addresses.message_id

)

select * from compared
