with

organization as (

    select * from {{ ref('base_gladly__organization') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as organization_id,

        -- what it is
        name as organization_name,
        timezone,
        login_domain,
        gladly_url,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from organization

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by organization_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
