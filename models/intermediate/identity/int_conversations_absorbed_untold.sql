with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

captured as (

    select * from {{ ref('int_conversation_merges_bracketed') }}

),

followed as (

    select * from {{ ref('int_merges_followed') }}
    where entity = 'conversation'

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

former_customers as (

    select * from {{ ref('int_conversation_customers_observed') }}
    where not is_recomputed

),

untold as (

    select
        conversation_export.reported_conversation_id,
        customer_ids.customer_id,
        conversation_export.created_at,
        captured.last_apart_at,
        captured.first_merged_at
    from conversation_export
    left join followed
        on conversation_export.reported_conversation_id = followed.absorbed_id
    left join customer_ids
        on
            conversation_export.reported_customer_id
            = customer_ids.reported_customer_id
    left join captured
        on
            conversation_export.reported_conversation_id
            = captured.reported_conversation_id
    where
        conversation_export.conversation_status = 'merged'
        and followed.absorbed_id is null

),

-- Frozen rows and older jobs know which profile it belonged to before.
profile_merges as (

    select
        untold.reported_conversation_id,
        min(customer_ids.merged_at) as merged_at
    from untold
    inner join former_customers
        on
            untold.reported_conversation_id
            = former_customers.reported_conversation_id
    inner join customer_ids
        on
            former_customers.reported_customer_id
            = customer_ids.reported_customer_id
            and untold.customer_id = customer_ids.customer_id
    where
        customer_ids.merged_at <= untold.first_merged_at
        and customer_ids.merged_at >= untold.created_at
        and (
            untold.last_apart_at is null
            or customer_ids.merged_at >= untold.last_apart_at
        )
    group by untold.reported_conversation_id

),

bracketed as (

    select
        untold.reported_conversation_id,
        untold.customer_id,
        profile_merges.merged_at,
        coalesce(
            profile_merges.merged_at, untold.last_apart_at, untold.created_at
        ) as merged_after,
        coalesce(profile_merges.merged_at, untold.first_merged_at)
            as merged_before
    from untold
    left join profile_merges
        on
            untold.reported_conversation_id
            = profile_merges.reported_conversation_id

)

select * from bracketed
