with

profiles as (

    select * from {{ ref('stg_gladly__customer_profiles') }}

),

export_customers as (

    select * from {{ ref('stg_gladly__export_customers') }}

),

listed as (

    select
        reported_customer_id as customer_id,
        email_count,
        _captured_at,
        1 as precedence
    from profiles
    where not is_gone

    union all

    select
        reported_customer_id as customer_id,
        email_count,
        _captured_at,
        2 as precedence
    from export_customers

),

newest as (

    select * from listed
    qualify row_number() over (
        partition by customer_id
        order by _captured_at desc, precedence asc
    ) = 1

),

-- The export lists phone numbers without marking mobiles.
counted as (

    select
        newest.customer_id,
        newest.email_count,
        profiles.mobile_count
    from newest
    left join profiles on newest.customer_id = profiles.reported_customer_id

)

select * from counted
