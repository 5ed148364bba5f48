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
        is_listed
        or (
            not bool_or(is_listed) over (partition by entity, entity_id)
            and (
                entity_name is not null
                or max(entity_name) over (partition by entity, entity_id)
                is null
            )
        )

),

compared as (

    select
        *,
        row_number() over by_time = 1 as is_first,
        lag(entity_name) over by_time is distinct from entity_name
        or lag(is_disabled) over by_time is distinct from is_disabled
            as is_changed
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
        case when is_first then timestamp '1900-01-01' else _captured_at end
            as valid_from,
        lead(_captured_at) over (
            partition by entity, entity_id
            order by _captured_at asc
        ) as valid_to
    from compared
    where is_first or is_changed

)

select * from versioned
