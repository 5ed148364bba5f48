with

reported as (

    select * from {{ ref('int_merges_unioned') }}

),

proofs_of_life as (

    select * from {{ ref('int_ids_alive_dated') }}

),

-- Where a redirect leads moves on with every merge of the survivor, so the
-- newest says where the profile is now.
best_evidence as (

    select * from reported
    qualify row_number() over (
        partition by entity, absorbed_id
        order by
            evidence_rank asc,
            merged_at asc nulls last,
            looked_up_at desc nulls last,
            surviving_id asc
    ) = 1

),

edges as (

    select
        best_evidence.entity,
        best_evidence.absorbed_id as id,
        best_evidence.surviving_id as target_id,
        row_number() over (
            order by
                proofs_of_life.last_alive_at desc nulls last,
                best_evidence.absorbed_id asc,
                best_evidence.entity asc
        ) as preference
    from best_evidence
    left join proofs_of_life
        on
            best_evidence.entity = proofs_of_life.entity
            and best_evidence.absorbed_id = proofs_of_life.id

),

{{ follow_edges('edges') }},

-- Whoever walks on inside a cycle ends inside it, and every member is the end
-- of another one's walk.
ends as (

    select
        entity,
        end_id
    from followed
    group by entity, end_id

),

cycle_members as (

    select
        edges.entity,
        edges.id,
        edges.preference
    from edges
    inner join ends
        on edges.entity = ends.entity and edges.id = ends.end_id

),

chosen as (

    select
        best_evidence.entity,
        best_evidence.absorbed_id,
        best_evidence.surviving_id,
        best_evidence.source_extract,
        best_evidence.merged_at,
        cycle_members.id is not null as is_in_cycle,
        coalesce(cycle_members.preference = followed.preference, false)
            as is_end_of_cycle
    from best_evidence
    left join followed
        on
            best_evidence.entity = followed.entity
            and best_evidence.absorbed_id = followed.id
    left join cycle_members
        on
            best_evidence.entity = cycle_members.entity
            and best_evidence.absorbed_id = cycle_members.id

)

select * from chosen
