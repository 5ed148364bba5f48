with

export_customers as (

    select * from {{ ref('base_gladly__export_customers') }}
    where _rejection_reason is null

),

unnested as (

    select
        id as reported_customer_id,
        'email' as address_type,
        {{ unnest_json_texts('email_addresses') }} as address
    from export_customers

    union all

    select
        id as reported_customer_id,
        'phone' as address_type,
        {{ unnest_json_texts('phone_numbers') }} as address
    from export_customers

),

compared as (

    select
        reported_customer_id,
        address_type,
        {{ comparable_address('address') }} as address
    from unnested

),

listed as (

    select * from compared
    where address != ''
    group by all

)

select * from listed
