with

agent_list as (

    select * from {{ ref('stg_gladly__agents') }}

),

export_agents as (

    select * from {{ ref('stg_gladly__export_agents') }}

),

agent_mentions as (

    select * from {{ ref('int_name_mentions_unioned') }}
    where entity = 'agent'

),

actors as (

    select * from {{ ref('int_actors_unioned') }}

),

team_list as (

    select * from {{ ref('stg_gladly__teams') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

listings as (

    select
        agent_id,
        agent_name,
        _captured_at,
        1 as precedence
    from agent_list

    union all

    select
        agent_id,
        agent_name,
        _captured_at,
        2 as precedence
    from export_agents

),

newest as (

    select * from listings
    qualify row_number() over (
        partition by agent_id
        order by _captured_at desc, precedence asc
    ) = 1

),

agents as (

    select
        agent_id,
        agent_name
    from newest

),

members as (

    select
        team_name,
        {{ unnest_json_texts('agent_ids') }} as agent_id
    from team_list

),

teams as (

    select
        agent_id,
        {{ list_texts('team_name') }} as team_names
    from members
    group by agent_id

),

mentions as (

    select
        entity_id as agent_id,
        max_by(entity_name, (_captured_at, entity_name))
        filter (where entity_name is not null) as agent_name
    from agent_mentions
    group by entity_id

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
