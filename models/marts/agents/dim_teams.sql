with

teams as (

    select * from {{ ref('stg_gladly__teams') }}

),

members as (

    select * from {{ ref('bridge_team_agents') }}

),

counted as (

    select
        team_id,
        count(*) as agent_count
    from members
    group by team_id

),

joined as (

    select
        teams.team_id,
        teams.team_name,
        coalesce(counted.agent_count, 0) as agent_count,
        teams._captured_at as captured_at
    from teams
    left join counted on teams.team_id = counted.team_id

)

select * from joined
