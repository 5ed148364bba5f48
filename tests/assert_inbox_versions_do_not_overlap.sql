with

versions as (

    select * from {{ ref('dim_inbox_versions') }}

),

followed as (

    select
        *,
        lead(valid_from) over (
            partition by inbox_id
            order by valid_from asc
        ) as next_valid_from
    from versions

),

-- A gap would be as wrong: every moment has a version.
broken as (

    select * from followed
    where
        valid_to is distinct from next_valid_from
        or valid_from >= valid_to

)

select * from broken
