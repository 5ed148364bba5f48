with

mentions as (

    select
        *,
        extract_name in ('events', 'conversation_items')
        and last_captured_at > max(
            case extract_name
                when 'conversation_export_report' then last_captured_at
            end
        ) over () as is_newer_mention
    from {{ ref('stg_gladly__conversation_mentions') }}

),

absorptions as (

    select * from {{ ref('int_merges_deduplicated') }}
    where entity = 'conversation'

),

followed as (

    select * from {{ ref('int_merges_resolved') }}
    where entity = 'conversation'

),

absorbed_unrecorded as (

    select * from {{ ref('int_unrecorded_merges_dated') }}

),

absorbed_by_rule as (

    select * from {{ ref('int_conversation_survivors_inferred') }}

),

conflicts as (

    select absorbed_id from {{ ref('int_merge_conflicts_compared') }}
    where entity = 'conversation'
    group by absorbed_id

),

deletions as (

    select * from {{ ref('int_conversation_deletions_dated') }}

),

-- What only events or items since the newest report name, it could not know.
ids as (

    select
        reported_conversation_id,
        bool_or(is_proof_of_life or is_newer_mention) as was_alive,
        min(first_captured_at) as first_seen_at,
        max(last_captured_at) as last_seen_at
    from mentions
    group by reported_conversation_id

),

-- What the reported merges lead to may itself have been absorbed by rule.
ends as (

    select
        ids.*,
        coalesce(followed.canonical_id, ids.reported_conversation_id)
            as reported_end_id,
        coalesce(followed.hop_count, 0) as reported_hop_count
    from ids
    left join followed on ids.reported_conversation_id = followed.absorbed_id

),

resolved as (

    select
        ends.reported_conversation_id,
        coalesce(absorbed_by_rule.surviving_id, ends.reported_end_id)
            as conversation_id,
        case
            when
                ends.reported_hop_count > 0
                or absorbed_by_rule.surviving_id is not null
                then 'merged'
            when deletions.is_with_customer then 'deleted'
            when absorbed_unrecorded.reported_conversation_id is not null
                then 'unresolved'
            when deletions.reported_conversation_id is not null then 'deleted'
            when ends.was_alive then 'current'
            else 'unresolved'
        end as resolution_status,
        case
            when ends.reported_hop_count > 0 then absorptions.source_extract
            when absorbed_by_rule.surviving_id is not null
                then 'single_open_rule'
            else 'none'
        end as resolved_by,
        ends.reported_hop_count
        + cast(absorbed_by_rule.surviving_id is not null as bigint)
            as hop_count,
        case
            when ends.reported_hop_count > 0 then absorptions.merged_at
            else absorbed_by_rule.merged_at
        end as merged_at,
        case
            when
                ends.reported_hop_count > 0
                or absorbed_by_rule.surviving_id is not null
                or absorbed_unrecorded.reported_conversation_id is not null
                then 'merged'
            when deletions.reported_conversation_id is not null then 'deleted'
        end as ended_by,
        -- A merge whose moment no extract reports had happened when first seen.
        coalesce(
            case
                when ends.reported_hop_count > 0 then absorptions.merged_at
                else absorbed_by_rule.merged_at
            end,
            absorbed_unrecorded.merged_before,
            deletions.deleted_at
        ) as ended_at,
        conflicts.absorbed_id is not null as is_conflicted,
        ends.first_seen_at,
        ends.last_seen_at
    from ends
    left join absorptions
        on ends.reported_conversation_id = absorptions.absorbed_id
    left join absorbed_by_rule
        on ends.reported_end_id = absorbed_by_rule.absorbed_id
    left join absorbed_unrecorded
        on
            ends.reported_conversation_id
            = absorbed_unrecorded.reported_conversation_id
    left join deletions
        on ends.reported_conversation_id = deletions.reported_conversation_id
    left join conflicts
        on ends.reported_conversation_id = conflicts.absorbed_id

)

select * from resolved
