with

absorbed_unrecorded as (

    select reported_conversation_id
    from {{ ref('int_unrecorded_merges_dated') }}

),

candidates as (

    select * from {{ ref('int_conversation_survivors_scored') }}

),

-- R08: one profile has one open conversation, so a single candidate is the
-- survivor. With several, it is unknown. What was absorbed itself, into an
-- unknown conversation, is no survivor.
judged as (

    select
        candidates.reported_conversation_id,
        candidates.merged_at,
        candidates.candidate_id,
        absorbed_unrecorded.reported_conversation_id is not null as is_absorbed
    from candidates
    left join absorbed_unrecorded
        on
            candidates.candidate_id
            = absorbed_unrecorded.reported_conversation_id

),

single_candidates as (

    select
        reported_conversation_id as absorbed_id,
        min(candidate_id) as surviving_id,
        min(merged_at) as merged_at
    from judged
    where not is_absorbed
    group by reported_conversation_id
    having count(distinct candidate_id) = 1

),

-- It may have led on from there, unless that one ended in the same survivor.
ways_on as (

    select
        judged.reported_conversation_id as absorbed_id,
        max(single_candidates.surviving_id) as surviving_id,
        count(distinct single_candidates.surviving_id) as survivor_count,
        count(*) filter (where single_candidates.surviving_id is null)
            as dead_end_count
    from judged
    left join single_candidates
        on judged.candidate_id = single_candidates.absorbed_id
    where judged.is_absorbed
    group by judged.reported_conversation_id

),

undisputed as (

    select
        single_candidates.absorbed_id,
        single_candidates.surviving_id,
        single_candidates.merged_at
    from single_candidates
    left join ways_on
        on single_candidates.absorbed_id = ways_on.absorbed_id
    where
        ways_on.absorbed_id is null
        or (
            ways_on.survivor_count = 1
            and ways_on.dead_end_count = 0
            and single_candidates.surviving_id = ways_on.surviving_id
        )

)

select * from undisputed
