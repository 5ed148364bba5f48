with recursive

called_merged as (

    select * from {{ ref('int_conversation_merges_dated') }}
    where first_merged_at is not null

),

owners as (

    select * from {{ ref('int_conversation_customers_unioned') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

profile_merges as (

    select * from {{ ref('int_merges_deduplicated') }}
    where entity = 'customer' and not is_end_of_cycle

),

-- Frozen rows and what was captured while it stood for itself know which
-- profile it belonged to before.
former_owners as (

    select
        called_merged.*,
        owners.reported_customer_id
    from called_merged
    inner join owners
        on
            called_merged.reported_conversation_id
            = owners.reported_conversation_id
    where
        not owners.is_recomputed
        or owners.first_known_at <= called_merged.last_apart_at

),

-- It may have moved on with its profile before the merge that ended it.
merges_passed as (

    select
        former_owners.reported_conversation_id,
        former_owners.last_apart_at,
        former_owners.first_merged_at,
        former_owners.last_reported_at,
        profile_merges.surviving_id,
        profile_merges.merged_at,
        true as is_of_owner
    from former_owners
    inner join profile_merges
        on former_owners.reported_customer_id = profile_merges.absorbed_id

    union all

    select
        merges_passed.reported_conversation_id,
        merges_passed.last_apart_at,
        merges_passed.first_merged_at,
        merges_passed.last_reported_at,
        profile_merges.surviving_id,
        profile_merges.merged_at,
        false as is_of_owner
    from merges_passed
    inner join profile_merges
        on merges_passed.surviving_id = profile_merges.absorbed_id

),

with_customer as (

    select
        merges_passed.*,
        customer_ids.customer_id,
        bool_or(merges_passed.merged_at is null) over (
            partition by
                merges_passed.reported_conversation_id,
                customer_ids.customer_id
        ) as is_any_untimed
    from merges_passed
    inner join customer_ids
        on merges_passed.surviving_id = customer_ids.reported_customer_id

),

-- What was reported of it later than a merge was reported of a conversation
-- that had survived that one. Its end is reported with the merge: hence the
-- minute.
moments as (

    select
        reported_conversation_id,
        customer_id,
        coalesce(
            min(merged_at) filter (
                where
                last_reported_at is null
                or merged_at >= last_reported_at - interval '1 minute'
            ),
            max(merged_at)
        ) as first_moment_at,
        max(merged_at) as last_moment_at
    from with_customer
    where
        merged_at <= first_merged_at
        and (last_apart_at is null or merged_at >= last_apart_at)
        and (is_of_owner or not is_any_untimed)
    group by reported_conversation_id, customer_id

)

select * from moments
