with

profiles as (

    select * from {{ ref('base_gladly__customer_profiles') }}
    where _rejection_reason is null

),

export_customers as (

    select * from {{ ref('base_gladly__export_customers') }}
    where _rejection_reason is null

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

-- A profile that was fetched has all fields, a customer in an export job some.
captured as (

    select
        id,
        name,
        address,
        cast(emails as string) as emails,
        cast(phones as string) as phones,
        external_customer_id,
        cast(external_customer_ids as string) as external_customer_ids,
        cast(custom_attributes as string) as custom_attributes,
        1 as precedence,
        _captured_at,
        _extract_file,
        _record_number
    from profiles

    union all

    select
        id,
        name,
        address,
        cast(email_addresses as string) as emails,
        cast(phone_numbers as string) as phones,
        external_customer_id,
        cast(external_customer_ids as string) as external_customer_ids,
        cast(null as string) as custom_attributes,
        2 as precedence,
        _captured_at,
        _extract_file,
        _record_number
    from export_customers

),

latest as (

    select * from captured
    qualify row_number() over (
        partition by id
        order by precedence asc, {{ newest_first() }}
    ) = 1

),

of_current_customers as (

    select
        latest.id as customer_id,
        latest.name as customer_name,
        latest.address,
        latest.emails,
        latest.phones,
        latest.external_customer_id,
        latest.external_customer_ids,
        latest.custom_attributes,
        latest._captured_at as captured_at
    from latest
    inner join customer_ids
        on
            latest.id = customer_ids.reported_customer_id
            -- Everybody else is in dim_customers, without a name.
            and customer_ids.resolution_status = 'current'

)

select * from of_current_customers
