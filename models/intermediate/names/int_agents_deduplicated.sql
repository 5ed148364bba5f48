with

agents as (

    select * from {{ ref('stg_gladly__agents') }}

),

export_agents as (

    select * from {{ ref('stg_gladly__export_agents') }}

),

listed as (

    select
        agent_id,
        agent_name,
        _captured_at,
        1 as precedence
    from agents

    union all

    select
        agent_id,
        agent_name,
        _captured_at,
        2 as precedence
    from export_agents

),

newest as (

    select * from listed
    qualify row_number() over (
        partition by agent_id
        order by _captured_at desc, precedence asc
    ) = 1

),

named as (

    select
        agent_id,
        agent_name
    from newest

)

select * from named
