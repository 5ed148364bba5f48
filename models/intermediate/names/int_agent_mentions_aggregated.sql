with

mentions as (

    select * from {{ ref('int_agent_mentions_unioned') }}

),

named as (

    select
        agent_id,
        max_by(agent_name, (_captured_at, agent_name)) as agent_name
    from mentions
    group by agent_id

)

select * from named
