with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

captured as (

    select * from {{ ref('int_conversation_merges_dated') }}

),

followed as (

    select * from {{ ref('int_merges_resolved') }}
    where entity = 'conversation'

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

moments as (

    select * from {{ ref('int_absorption_moments_matched') }}

),

unrecorded as (

    select
        conversation_export.reported_conversation_id,
        customer_ids.customer_id,
        conversation_export.created_at,
        captured.last_apart_at,
        captured.last_reported_at,
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

-- A merge before its creation is none of its.
timed as (

    select
        unrecorded.*,
        greatest(moments.first_moment_at, unrecorded.created_at)
            as first_moment_at,
        moments.last_moment_at
    from unrecorded
    left join moments
        on
            unrecorded.reported_conversation_id
            = moments.reported_conversation_id
            and unrecorded.customer_id = moments.customer_id
            and unrecorded.created_at <= moments.last_moment_at

),

bracketed as (

    select
        reported_conversation_id,
        customer_id,
        case when first_moment_at = last_moment_at then last_moment_at end
            as merged_at,
        case
            when last_moment_at is not null then first_moment_at
            else least(
                greatest(created_at, last_apart_at, last_reported_at),
                first_merged_at
            )
        end as merged_after,
        coalesce(last_moment_at, first_merged_at) as merged_before
    from timed

)

select * from bracketed
