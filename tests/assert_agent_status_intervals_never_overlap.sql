with

intervals as (

    select * from {{ ref('fct_agent_status_intervals') }}

),

followed as (

    select
        *,
        lead(valid_from) over (partition by agent_id order by valid_from)
            as next_valid_from
    from intervals

),

overlapping as (

    select * from followed
    where
        valid_to <= valid_from
        or valid_to > next_valid_from
        or (valid_to is null and next_valid_from is not null)

)

select * from overlapping
