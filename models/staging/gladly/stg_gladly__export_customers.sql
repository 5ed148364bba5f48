with

export_customers as (

    select * from {{ ref('base_gladly__export_customers') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as reported_customer_id,

        -- how to reach them
        {{ json_count('email_addresses') }} as email_count,
        {{ json_count('phone_numbers') }} as phone_count,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from export_customers

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by reported_customer_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
