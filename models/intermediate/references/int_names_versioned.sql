with

inbox_captures as (

    select * from {{ ref('stg_gladly__inbox_captures') }}

),

agent_captures as (

    select * from {{ ref('stg_gladly__agent_captures') }}

),

inbox_mentions as (

    select * from {{ ref('int_inbox_mentions_listed') }}

),

agent_mentions as (

    select * from {{ ref('int_agent_mentions_listed') }}

),

observed as (

    select
        'inbox' as entity,
        inbox_id as entity_id,
        inbox_name as entity_name,
        is_disabled,
        true as is_listed,
        _captured_at
    from inbox_captures

    union all

    select
        'agent' as entity,
        agent_id as entity_id,
        agent_name as entity_name,
        false as is_disabled,
        true as is_listed,
        _captured_at
    from agent_captures

    union all

    select
        'inbox' as entity,
        inbox_id as entity_id,
        inbox_name as entity_name,
        false as is_disabled,
        false as is_listed,
        _captured_at
    from inbox_mentions

    union all

    select
        'agent' as entity,
        agent_id as entity_id,
        agent_name as entity_name,
        false as is_disabled,
        false as is_listed,
        _captured_at
    from agent_mentions

),

-- A list is believed over what reports print, and a name over a bare id.
believed as (

    select * from observed
    qualify
        rank() over (
            partition by entity, entity_id
            order by is_listed desc, entity_name is not null desc
        ) = 1

),

compared as (

    select
        *,
        lag(entity_name) over by_time as earlier_name,
        lag(is_disabled) over by_time as was_disabled
    from believed
    window by_time as (
        partition by entity, entity_id
        order by _captured_at asc
    )

),

-- The first capture tells what was so already before it.
versioned as (

    select
        entity,
        entity_id,
        entity_name,
        is_disabled,
        case
            when was_disabled is null then timestamp '1900-01-01'
            else _captured_at
        end as valid_from,
        lead(_captured_at) over (
            partition by entity, entity_id
            order by _captured_at asc
        ) as valid_to
    from compared
    where
        entity_name is distinct from earlier_name
        or is_disabled is distinct from was_disabled

)

select * from versioned
