with

reported as (

    select * from {{ ref('int_merges_unioned') }}

),

chosen as (

    select * from {{ ref('int_merges_deduplicated') }}

),

followed as (

    select * from {{ ref('int_merges_resolved') }}

),

ends as (

    select
        reported.entity,
        reported.absorbed_id,
        reported.surviving_id,
        reported.source_extract,
        reported.merged_at,
        coalesce(followed.canonical_id, reported.surviving_id) as end_id
    from reported
    left join followed
        on
            reported.entity = followed.entity
            and reported.surviving_id = followed.absorbed_id

),

disagreeing as (

    select
        entity,
        absorbed_id
    from ends
    group by entity, absorbed_id
    having count(distinct end_id) > 1

),

found as (

    select
        ends.entity,
        ends.absorbed_id,
        ends.surviving_id,
        ends.source_extract,
        ends.merged_at,
        ends.end_id,
        chosen.surviving_id = ends.surviving_id
        and chosen.source_extract = ends.source_extract
        and not chosen.is_end_of_cycle as is_chosen,
        case
            when chosen.is_in_cycle then 'cycle' else 'contradictory evidence'
        end as conflict_type
    from ends
    inner join chosen
        on
            ends.entity = chosen.entity
            and ends.absorbed_id = chosen.absorbed_id
    left join disagreeing
        on
            ends.entity = disagreeing.entity
            and ends.absorbed_id = disagreeing.absorbed_id
    where chosen.is_in_cycle or disagreeing.absorbed_id is not null

)

select * from found
