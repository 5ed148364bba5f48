with

mentions as (

    select * from {{ ref('stg_gladly__customer_mentions') }}

),

absorptions as (

    select * from {{ ref('int_merges_deduplicated') }}
    where entity = 'customer'

),

followed as (

    select * from {{ ref('int_merges_resolved') }}
    where entity = 'customer'

),

conflicts as (

    select absorbed_id
    from {{ ref('int_merge_conflicts_compared') }}
    where entity = 'customer'
    group by absorbed_id

),

deletions as (

    select * from {{ ref('int_customer_deletions_dated') }}

),

ids as (

    select
        reported_customer_id,
        bool_or(is_proof_of_life) as was_alive,
        min(first_captured_at) as first_seen_at,
        max(last_captured_at) as last_seen_at
    from mentions
    group by reported_customer_id

),

resolved as (

    select
        ids.reported_customer_id,
        coalesce(followed.canonical_id, ids.reported_customer_id)
            as customer_id,
        case
            when followed.canonical_id is not null then 'merged'
            when deletions.reported_customer_id is not null then 'deleted'
            when ids.was_alive then 'current'
            else 'unresolved'
        end as resolution_status,
        case
            when followed.canonical_id is not null
                then absorptions.source_extract
            else 'none'
        end as resolved_by,
        coalesce(followed.hop_count, 0) as hop_count,
        case
            when followed.canonical_id is not null then absorptions.merged_at
        end as merged_at,
        conflicts.absorbed_id is not null as is_conflicted,
        ids.first_seen_at,
        ids.last_seen_at
    from ids
    left join followed on ids.reported_customer_id = followed.absorbed_id
    left join absorptions on ids.reported_customer_id = absorptions.absorbed_id
    left join conflicts on ids.reported_customer_id = conflicts.absorbed_id
    left join deletions
        on ids.reported_customer_id = deletions.reported_customer_id

),

with_status as (

    select
        resolved.*,
        canonical.resolution_status as customer_status
    from resolved
    left join resolved as canonical
        on resolved.customer_id = canonical.reported_customer_id

)

select * from with_status
