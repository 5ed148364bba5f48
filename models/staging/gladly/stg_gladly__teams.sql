with

teams as (

    select * from {{ ref('base_gladly__teams') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as team_id,
        agent_ids,

        -- what it is
        name as team_name,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from teams

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by team_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
