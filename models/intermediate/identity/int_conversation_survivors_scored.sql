with

unrecorded as (

    select * from {{ ref('int_unrecorded_merges_dated') }}

),

reported as (

    select * from {{ ref('int_conversation_events_unioned') }}

),

closings as (

    select * from {{ ref('int_conversation_closings_deduplicated') }}

),

conversation_customers as (

    select * from {{ ref('int_conversation_customers_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

absorptions as (

    select * from {{ ref('int_merges_deduplicated') }}
    where entity = 'conversation'

),

followed as (

    select * from {{ ref('int_merges_resolved') }}
    where entity = 'conversation'

),

known as (

    select
        reported_conversation_id,
        occurred_at,
        event_type != 'conversation_closed' as is_opening
    from reported
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )

    union

    -- A capture shows it open, and no extract reports since when: at the
    -- earliest since its last closing, with or without milliseconds.
    select
        reported_conversation_id,
        closed_at + interval 1 second as occurred_at,
        true as is_opening
    from closings
    where was_reopened

),

-- Openings in two reports, or a few milliseconds apart, give intervals
-- that overlap and end together: the question is only whether it was open.
open_intervals as (

    select
        reported_conversation_id,
        occurred_at as open_from,
        min(case when not is_opening then occurred_at end) over (
            partition by reported_conversation_id
            order by occurred_at
            range between current row and unbounded following
        ) as open_to
    from known
    qualify is_opening

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

-- No agent closes a conversation that is absorbed: its openness ends there.
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
        unrecorded.reported_conversation_id,
        ended.candidate_id,
        min(unrecorded.merged_at) as merged_at
    from unrecorded
    inner join ended
        on
            unrecorded.customer_id = ended.customer_id
            and unrecorded.merged_before >= ended.open_from
            and (
                ended.open_to is null
                or unrecorded.merged_after < ended.open_to
            )
    where ended.candidate_id != unrecorded.reported_conversation_id
    group by unrecorded.reported_conversation_id, ended.candidate_id

)

select * from candidates
