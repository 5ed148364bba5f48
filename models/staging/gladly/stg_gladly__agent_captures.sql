with

agents as (

    select * from {{ ref('base_gladly__agents') }}
    where _rejection_reason is null

),

export_agents as (

    select * from {{ ref('base_gladly__export_agents') }}
    where _rejection_reason is null

),

combined as (

    select
        id,
        name,
        1 as precedence,
        _captured_at,
        _extract_file,
        _record_number
    from agents

    union all

    select
        id,
        name,
        2 as precedence,
        _captured_at,
        _extract_file,
        _record_number
    from export_agents

),

one_a_moment as (

    select * from combined
    qualify row_number() over (
        partition by id, _captured_at
        order by precedence asc, _extract_file desc, _record_number desc
    ) = 1

),

renamed as (

    select
        -- ids
        {{ hashed_key(['id', '_captured_at']) }} as agent_capture_key,
        id as agent_id,

        -- what it is
        name as agent_name,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from one_a_moment

)

select * from renamed
