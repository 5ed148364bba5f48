with

teams as (

    select * from {{ ref('stg_gladly__teams') }}

),

members as (

    select
        team_id,
        {{ unnest_json_texts('agent_ids') }} as agent_id
    from teams

),

keyed as (

    select
        {{ hashed_key(['team_id', 'agent_id']) }} as team_agent_key,
        team_id,
        agent_id
    from members
    group by team_id, agent_id

)

select * from keyed
