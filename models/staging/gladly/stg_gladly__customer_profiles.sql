with

customer_profiles as (

    select * from {{ ref('base_gladly__customer_profiles') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as reported_customer_id,

        -- how to reach them
        case
            when coalesce(status, '') != '404' then {{ json_count('emails') }}
        end as email_count,
        case
            when coalesce(status, '') != '404' then {{ json_count('phones') }}
        end as phone_count,
        case
            when coalesce(status, '') != '404'
                then {{ json_count('phones', 'type', 'MOBILE') }}
        end as mobile_count,

        -- state
        coalesce({{ to_count('status') }} = 404, false) as is_gone,

        -- times
        {{ to_utc('created_at') }} as created_at,
        {{ to_utc('updated_at') }} as updated_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from customer_profiles

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by reported_customer_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
