with

sightings as (

    select * from {{ ref('int_name_sightings_dated') }}

),

compared as (

    select
        *,
        lag(entity_name) over by_time as earlier_name,
        lag(is_disabled) over by_time as was_disabled,
        lag(held_to) over by_time as held_until
    from sightings
    window by_time as (
        partition by entity, entity_id
        order by seen_at
    )

),

numbered as (

    select
        *,
        count(*) filter (
            where
            entity_name is distinct from earlier_name
            or is_disabled is distinct from was_disabled
            or seen_at is distinct from held_until
        ) over (
            partition by entity, entity_id
            order by seen_at
            rows between unbounded preceding and current row
        ) as stay_number
    from compared

),

-- The last sighting of a stay has no end where none is known.
merged as (

    select
        entity,
        entity_id,
        entity_name,
        lower(trim(entity_name)) as compared_name,
        is_disabled,
        min(held_from) as held_from,
        min(seen_at) as seen_from,
        max(seen_at) as seen_to,
        case when count(held_to) = count(*) then max(held_to) end as held_to,
        case when count(printed_to) = count(*) then max(printed_to) end
            as printed_to
    from numbered
    group by entity, entity_id, entity_name, is_disabled, stay_number

)

select * from merged
