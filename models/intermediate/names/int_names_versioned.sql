with

observed as (

    select * from {{ ref('int_names_unioned') }}

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

-- The first capture reports what was so already before it.
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
