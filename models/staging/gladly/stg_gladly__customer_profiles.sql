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

last_found as (

    select
        reported_customer_id,
        max(_captured_at) as last_found_at
    from renamed
    where not is_gone
    group by reported_customer_id

),

traced as (

    select
        renamed.*,
        case
            when renamed.is_gone then min(
                case
                    when
                        renamed.is_gone
                        and (
                            last_found.last_found_at is null
                            or renamed._captured_at > last_found.last_found_at
                        )
                        then renamed._captured_at
                end
            ) over (partition by renamed.reported_customer_id)
        end as gone_since
    from renamed
    left join last_found
        on renamed.reported_customer_id = last_found.reported_customer_id

),

latest as (

    select * from traced
    qualify row_number() over (
        partition by reported_customer_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
