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
        mobile_count,
        _captured_at,
        1 as precedence
    from profiles
    where not is_gone

    union all

    -- The export lists phone numbers without telling mobiles apart.
    select
        reported_customer_id as customer_id,
        email_count,
        cast(null as bigint) as mobile_count,
        _captured_at,
        2 as precedence
    from export_customers

),

newest as (

    select * from listed
    qualify row_number() over (
        partition by customer_id
        order by precedence asc, _captured_at desc
    ) = 1

),

counted as (

    select
        customer_id,
        email_count,
        mobile_count
    from newest

)

select * from counted
