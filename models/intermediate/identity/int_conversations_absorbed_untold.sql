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

moments as (

    select * from {{ ref('int_absorption_moments_found') }}

),

untold as (

    select
        conversation_export.reported_conversation_id,
        customer_ids.customer_id,
        conversation_export.created_at,
        captured.last_apart_at,
        captured.last_told_at,
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
        untold.*,
        greatest(moments.first_moment_at, untold.created_at)
            as first_moment_at,
        moments.last_moment_at
    from untold
    left join moments
        on
            untold.reported_conversation_id = moments.reported_conversation_id
            and untold.customer_id = moments.customer_id
            and untold.created_at <= moments.last_moment_at

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
                greatest(created_at, last_apart_at, last_told_at),
                first_merged_at
            )
        end as merged_after,
        coalesce(last_moment_at, first_merged_at) as merged_before
    from timed

)

select * from bracketed
