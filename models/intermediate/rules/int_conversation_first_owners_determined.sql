with

observed as (

    select * from {{ ref('int_conversation_customers_observed') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_determined') }}

),

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

-- Of a profile that reached its survivor over others, or at a moment nobody
-- tells, it is only certain that it has by now.
joined as (

    select
        first_owners.reported_conversation_id,
        first_owners.reported_customer_id,
        customer_ids.customer_id,
        case
            when customer_ids.hop_count = 1
                then coalesce(customer_ids.merged_at, reporting_moments.as_of)
            when customer_ids.hop_count > 1 then reporting_moments.as_of
        end as joined_at
    from first_owners
    left join customer_ids
        on first_owners.reported_customer_id = customer_ids.reported_customer_id
    cross join reporting_moments

)

select * from joined
