with

open_intervals as (

    select * from {{ ref('int_conversation_open_intervals') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

observed as (

    select * from {{ ref('int_conversation_customers_observed') }}

),

-- The profile of that moment, not the one it was merged into later: two
-- profiles may each have had one.
first_owners as (

    select
        reported_conversation_id,
        reported_customer_id
    from observed
    qualify row_number() over (
        partition by reported_conversation_id
        order by
            is_recomputed asc,
            first_known_at asc,
            reported_customer_id asc
    ) = 1

),

ended as (

    select
        first_owners.reported_customer_id,
        open_intervals.reported_conversation_id,
        open_intervals.open_from,
        least(open_intervals.open_to, conversation_ids.merged_at) as open_to
    from open_intervals
    inner join conversation_ids
        on
            open_intervals.reported_conversation_id
            = conversation_ids.reported_conversation_id
            -- Nobody knows when a deleted conversation ended.
            and conversation_ids.resolution_status in ('current', 'merged')
    inner join first_owners
        on
            open_intervals.reported_conversation_id
            = first_owners.reported_conversation_id

),

later as (

    select * from ended

),

earlier as (

    select * from ended

),

overlapping as (

    select
        later.reported_customer_id,
        earlier.reported_conversation_id as earlier_conversation_id,
        later.reported_conversation_id as later_conversation_id,
        min(later.open_from) as open_together_from
    from later
    inner join earlier
        on
            later.reported_customer_id = earlier.reported_customer_id
            and later.reported_conversation_id
            != earlier.reported_conversation_id
            and later.open_from >= earlier.open_from
            and (
                earlier.open_to is null or later.open_from < earlier.open_to
            )
    group by
        later.reported_customer_id,
        earlier.reported_conversation_id,
        later.reported_conversation_id

)

select * from overlapping
