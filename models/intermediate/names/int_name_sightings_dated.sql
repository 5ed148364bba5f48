{% set listed_name = last_known('case when is_listed then entity_name end') %}
{% set by_time = 'partition by entity, entity_id order by _captured_at' %}

with

observed as (

    select * from {{ ref('int_names_unioned') }}

),

full_lists as (

    select
        entity,
        _captured_at as listed_at,
        row_number() over (partition by entity order by _captured_at)
            as list_number
    from observed
    where is_full_list
    group by entity, _captured_at

),

-- From the first list on, lists are believed over reports, which only date the
-- change to a name of the next list. An id in no list is known from reports.
believed as (

    select * from observed
    where entity_name is not null
    qualify
        is_listed
        or not bool_or(is_listed) over (partition by entity, entity_id)
        or coalesce(
            _captured_at < min(_captured_at) filter (where is_full_list) over (
                partition by entity
            ),
            true
        )
        or (
            entity_name = {{ listed_name }} over ({{ by_time }} desc)
            and entity_name != {{ listed_name }} over ({{ by_time }})
        )

),

one_a_moment as (

    select * from believed
    qualify row_number() over (
        partition by entity, entity_id, _captured_at
        order by is_listed desc, is_full_list desc, entity_name asc nulls last
    ) = 1

),

-- Lists stand among the sightings, to be counted up to each of them.
beside_lists as (

    select
        entity,
        entity_id,
        entity_name,
        is_disabled,
        case when is_full_list then 1 else 0 end as own_list_count,
        0 as list_count,
        _captured_at
    from one_a_moment

    union all

    select
        entity,
        cast(null as string) as entity_id,
        cast(null as string) as entity_name,
        false as is_disabled,
        0 as own_list_count,
        1 as list_count,
        listed_at as _captured_at
    from full_lists

),

numbered as (

    select
        *,
        sum(list_count) over (
            partition by entity
            order by _captured_at
            range between unbounded preceding and current row
        ) as list_number
    from beside_lists

),

followed as (

    select
        *,
        list_number - own_list_count as earlier_list_count,
        lag(_captured_at) over by_time as last_seen_at,
        lead(_captured_at) over by_time as next_seen_at,
        lead(list_number - own_list_count) over by_time
            as next_earlier_list_count
    from numbered
    where list_count = 0
    window by_time as ({{ by_time }})

),

-- A list without it ends a stay. Who is first seen in a later list came with
-- it; who is first seen elsewhere can have come right after the list before.
dated as (

    select
        followed.entity,
        followed.entity_id,
        followed.entity_name,
        followed.is_disabled,
        followed._captured_at as seen_at,
        case
            when
                followed.last_seen_at is not null
                or (
                    followed.own_list_count = 1
                    and followed.earlier_list_count > 0
                )
                then followed._captured_at
            else coalesce(lists_before.listed_at, timestamp '1900-01-01')
        end as held_from,
        case
            when followed.next_earlier_list_count = followed.list_number
                then followed.next_seen_at
            else coalesce(lists_after.listed_at, followed.next_seen_at)
        end as held_to,
        followed.next_seen_at as printed_to
    from followed
    left join full_lists as lists_before
        on
            followed.entity = lists_before.entity
            and followed.earlier_list_count = lists_before.list_number
    left join full_lists as lists_after
        on
            followed.entity = lists_after.entity
            and followed.list_number + 1 = lists_after.list_number

)

select * from dated
