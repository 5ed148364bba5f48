with

customer_profiles as (

    select * from {{ ref('base_gladly__customer_profiles') }}
    where _rejection_reason is null

),

latest as (

    select * from customer_profiles
    qualify row_number() over (
        partition by id
        order by {{ newest_first() }}
    ) = 1

),

email_objects as (

    select
        id as reported_customer_id,
        'email' as address_type,
        {{ unnest_json_objects('emails') }} as address
    from latest

),

phone_objects as (

    select
        id as reported_customer_id,
        'phone' as address_type,
        {{ unnest_json_objects('phones') }} as address
    from latest

),

objects as (

    select * from email_objects
    union all
    select * from phone_objects

),

normalized as (

    select
        reported_customer_id,
        case
            when address_type = 'email' then 'email'
            when upper({{ json_text('address', 'type') }}) = 'MOBILE'
                then 'mobile'
            else 'other_phone'
        end as address_type,
        trim(lower(coalesce(
            {{ json_text('address', 'normalized') }},
            {{ json_text('address', 'original') }}
        ))) as address
    from objects

),

listed as (

    select
        reported_customer_id,
        address_type,
        address
    from normalized
    where address != ''
    group by reported_customer_id, address_type, address

)

select * from listed
