with

agents as (

    select * from {{ ref('int_agents_deduplicated') }}

),

mentions as (

    select * from {{ ref('int_agent_mentions_aggregated') }}

),

actors as (

    select * from {{ ref('int_actors_unioned') }}

),

teams as (

    select * from {{ ref('int_agent_teams_aggregated') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

agent_ids as (

    select agent_id from agents
    union
    select agent_id from mentions
    union
    select agent_id from actors
    union
    select agent_id from teams
    union
    select ended_agent_id as agent_id from contact_references
    where ended_agent_id is not null

),

joined as (

    select
        agent_ids.agent_id,
        coalesce(agents.agent_name, mentions.agent_name) as agent_name,
        agents.agent_id is not null as is_known,
        coalesce(actors.is_system, false) as is_system,
        teams.team_names
    from agent_ids
    left join agents on agent_ids.agent_id = agents.agent_id
    left join mentions on agent_ids.agent_id = mentions.agent_id
    left join actors on agent_ids.agent_id = actors.agent_id
    left join teams on agent_ids.agent_id = teams.agent_id

)

select * from joined
