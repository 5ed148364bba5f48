with

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

conversation_statuses as (

    select * from {{ ref('int_conversation_statuses_resolved') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

item_gaps as (

    select
        gap_from,
        window_start_at as gap_to
    from {{ ref('int_item_windows_sequenced') }}
    where gap_from is not null

),

lives as (

    select
        lifecycles.conversation_id,
        least(reports.created_at, lifecycles.created_at) as began_at,
        case
            when conversation_statuses.conversation_status = 'closed'
                then lifecycles.last_closed_at
            when
                conversation_statuses.conversation_status
                in ('open', 'waiting')
                then reporting_moments.as_of
        end as ended_at,
        lifecycles.last_closed_at,
        coalesce(
            conversation_statuses.conversation_status
            in ('deleted', 'unresolved'),
            false
        ) as is_gone
    from lifecycles
    cross join reporting_moments
    left join reports
        on lifecycles.conversation_id = reports.conversation_id
    left join conversation_statuses
        on
            lifecycles.conversation_id
            = conversation_statuses.conversation_id

),

moments as (

    select
        conversation_id,
        began_at as moment_at,
        cast(null as timestamp) as gap_from
    from lives
    where began_at is not null

    union all

    select
        cast(null as string) as conversation_id,
        gap_to as moment_at,
        gap_from
    from item_gaps

),

-- The first gap that ends after a conversation began.
looked_ahead as (

    select
        conversation_id,
        min(gap_from) over (
            order by moment_at desc, gap_from asc nulls first
            rows between unbounded preceding and current row
        ) as gap_from
    from moments

),

gaps_ahead as (

    select * from looked_ahead
    where conversation_id is not null and gap_from is not null

),

-- Of what is deleted or unresolved, no more than its last close is known.
dated as (

    select
        lives.conversation_id,
        lives.began_at,
        lives.ended_at,
        lives.last_closed_at,
        lives.is_gone,
        gaps_ahead.gap_from as item_gap_from,
        coalesce(
            gaps_ahead.gap_from
            < coalesce(lives.ended_at, lives.last_closed_at, lives.began_at),
            false
        ) as has_gap_of_items
    from lives
    left join gaps_ahead
        on lives.conversation_id = gaps_ahead.conversation_id

)

select * from dated
