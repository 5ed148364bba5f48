with

business_hours as (

    select * from {{ ref('base_gladly__business_hours') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as business_hours_id,
        {{ to_count('version') }} as version_number,

        -- what it is
        name,
        coalesce({{ to_boolean('business_hours.primary') }}, false)
            as is_primary,
        {{ to_timezone(json_text('office_hours', 'timezone')) }} as timezone,
        office_hours,

        -- times
        {{ to_utc('created_at') }} as created_at,
        {{ to_utc('updated_at') }} as updated_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from business_hours

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by business_hours_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
