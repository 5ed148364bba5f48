with

inbox_captures as (

    select * from {{ ref('stg_gladly__inbox_captures') }}

),

agent_captures as (

    select * from {{ ref('stg_gladly__agent_captures') }}

),

mentions as (

    select * from {{ ref('int_name_mentions_unioned') }}

),

agent_lists as (

    select extract_file
    from {{ ref('stg_gladly__extract_files') }}
    where extract_name = 'agents'

),

unioned as (

    select
        'inbox' as entity,
        inbox_id as entity_id,
        inbox_name as entity_name,
        is_disabled,
        true as is_listed,
        true as is_full_list,
        _captured_at
    from inbox_captures

    union all

    -- Whether the agents of an export job are all of them is not documented.
    select
        'agent' as entity,
        agent_captures.agent_id as entity_id,
        agent_captures.agent_name as entity_name,
        false as is_disabled,
        true as is_listed,
        agent_lists.extract_file is not null as is_full_list,
        agent_captures._captured_at
    from agent_captures
    left join agent_lists
        on agent_captures._extract_file = agent_lists.extract_file

    union all

    select
        entity,
        entity_id,
        entity_name,
        false as is_disabled,
        false as is_listed,
        false as is_full_list,
        _captured_at
    from mentions

)

select * from unioned
