with

untold as (

    select * from {{ ref('int_conversations_absorbed_untold') }}

),

absorbed_untold as (

    select reported_conversation_id from untold

),

open_intervals as (

    select * from {{ ref('int_conversation_open_intervals') }}

),

conversation_customers as (

    select * from {{ ref('int_conversation_customers_determined') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

absorptions as (

    select * from {{ ref('int_merges_chosen') }}
    where entity = 'conversation'

),

followed as (

    select * from {{ ref('int_merges_followed') }}
    where entity = 'conversation'

),

owned as (

    select
        conversation_customers.reported_conversation_id,
        customer_ids.customer_id
    from conversation_customers
    inner join customer_ids
        on
            conversation_customers.reported_customer_id
            = customer_ids.reported_customer_id

),

-- Nobody closes a conversation that is absorbed: its openness ends there.
ended as (

    select
        owned.customer_id,
        open_intervals.open_from,
        least(open_intervals.open_to, absorptions.merged_at) as open_to,
        coalesce(followed.canonical_id, owned.reported_conversation_id)
            as candidate_id
    from owned
    inner join open_intervals
        on
            owned.reported_conversation_id
            = open_intervals.reported_conversation_id
    left join followed
        on owned.reported_conversation_id = followed.absorbed_id
    left join absorptions
        on followed.absorbed_id = absorptions.absorbed_id

),

candidates as (

    select
        untold.reported_conversation_id,
        untold.merged_at,
        ended.candidate_id
    from untold
    inner join ended
        on
            untold.customer_id = ended.customer_id
            and untold.merged_before >= ended.open_from
            and (
                ended.open_to is null
                or untold.merged_after < ended.open_to
            )

),

-- R08: one profile has one open conversation, so a single candidate is the
-- survivor. With several, nobody can say. What was absorbed itself, nobody
-- knows into what, is no survivor.
judged as (

    select
        candidates.reported_conversation_id,
        candidates.merged_at,
        candidates.candidate_id,
        absorbed_untold.reported_conversation_id is not null as is_absorbed
    from candidates
    left join absorbed_untold
        on
            candidates.candidate_id
            = absorbed_untold.reported_conversation_id
    where candidates.candidate_id != candidates.reported_conversation_id

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
