with

profiles as (

    select * from {{ ref('base_gladly__customer_profiles') }}
    where _rejection_reason is null

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

latest as (

    select * from profiles
    qualify row_number() over (
        partition by id
        order by {{ newest_first() }}
    ) = 1

),

of_current_customers as (

    select
        latest.id as customer_id,
        latest.name as customer_name,
        latest.address,
        cast(latest.emails as string) as emails,
        cast(latest.phones as string) as phones,
        latest.external_customer_id,
        cast(latest.external_customer_ids as string) as external_customer_ids,
        cast(latest.custom_attributes as string) as custom_attributes,
        latest._captured_at as captured_at
    from latest
    inner join customer_ids
        on
            latest.id = customer_ids.reported_customer_id
            -- Everybody else is in dim_customers, without a name.
            and customer_ids.resolution_status = 'current'

)

select * from of_current_customers
