with

teams as (

    select * from {{ ref('stg_gladly__teams') }}

),

members as (

    select
        team_name,
        {{ unnest_json_texts('agent_ids') }} as agent_id
    from teams

),

listed as (

    select
        agent_id,
        {{ list_texts('team_name') }} as team_names
    from members
    group by agent_id

)

select * from listed
