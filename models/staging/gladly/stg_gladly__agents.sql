with

agents as (

    select * from {{ ref('base_gladly__agents') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as agent_id,

        -- what it is
        name as agent_name,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from agents

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by agent_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
