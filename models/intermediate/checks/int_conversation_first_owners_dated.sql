with

observed as (

    select * from {{ ref('int_conversation_customers_unioned') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

family_merges as (

    select
        customer_ids.customer_id,
        customer_ids.merged_at,
        coalesce(customer_ids.merged_at, reporting_moments.as_of)
            as merged_by
    from customer_ids
    cross join reporting_moments
    where customer_ids.hop_count > 0

),

families as (

    select
        customer_id,
        max(merged_by) as united_at
    from family_merges
    group by customer_id

),

first_owners as (

    select
        reported_conversation_id,
        reported_customer_id,
        first_reported_at
    from observed
    qualify row_number() over (
        partition by reported_conversation_id
        order by
            first_reported_at asc nulls last,
            is_recomputed asc,
            reported_customer_id asc
    ) = 1

),

with_customers as (

    select
        first_owners.*,
        customer_ids.customer_id,
        customer_ids.hop_count,
        customer_ids.merged_at,
        customer_ids.resolved_by
    from first_owners
    left join customer_ids
        on first_owners.reported_customer_id = customer_ids.reported_customer_id

),

-- A profile absorbed before that may have had it until then. Of one absorbed at
-- an unknown time, that is only over once the new owner is reported.
owned_since as (

    select
        with_customers.reported_conversation_id,
        max(coalesce(family_merges.merged_at, with_customers.first_reported_at))
            as owned_from
    from with_customers
    inner join family_merges
        on with_customers.customer_id = family_merges.customer_id
    where
        family_merges.merged_at is null
        or family_merges.merged_at <= with_customers.first_reported_at
    group by with_customers.reported_conversation_id

),

-- A profile that reached its survivor over others is certain to have done so
-- once the whole family was merged. Conversation Timestamps hides the others:
-- reported anew, a merge names the last survivor.
joined as (

    select
        with_customers.reported_conversation_id,
        with_customers.reported_customer_id,
        with_customers.customer_id,
        owned_since.owned_from,
        case
            when
                with_customers.hop_count = 1
                and with_customers.resolved_by = 'customer_merged_event'
                then coalesce(with_customers.merged_at, families.united_at)
            when with_customers.hop_count > 0 then families.united_at
        end as joined_at
    from with_customers
    left join owned_since
        on
            with_customers.reported_conversation_id
            = owned_since.reported_conversation_id
    left join families
        on with_customers.customer_id = families.customer_id

)

select * from joined
