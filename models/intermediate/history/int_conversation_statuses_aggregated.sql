with

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where not is_posthumous

),

export_captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}

),

-- A minute, for creations that are printed in whole seconds.
item_coverage as (

    select max(covered_from) - interval 1 minute as covered_from
    from {{ ref('int_extract_coverage_aggregated') }}
    where extract_name = 'conversation_items'

),

creations as (

    select * from events
    where event_type = 'conversation_created'

),

report_counts as (

    select
        reported_conversation_id,
        max(_captured_at) as captured_at,
        max(case when close_count is not null then _captured_at end)
            as counted_at
    from export_captures
    group by reported_conversation_id

),

last_closings as (

    select * from events
    where event_type = 'conversation_closed'
    qualify row_number() over (
        partition by reported_conversation_id
        order by event_number desc
    ) = 1

),

-- When it was closed first is unknown where no extract reports that closing.
counted as (

    select
        reported_conversation_id,
        nullif(
            min(valid_from) filter (where status = 'closed'),
            min(valid_from) filter (
                where status = 'closed' and not is_beginning_reported
            )
        ) as first_closed_at,
        max(valid_from) filter (where status = 'closed') as last_closed_at,
        max_by(is_beginning_reported, valid_from) filter (
            where status = 'closed'
        ) as is_last_closing_reported,
        count(*) filter (where status = 'closed') as close_count,
        count(*) filter (where status = 'closed' and ended_by = 'reopened')
            as reopen_count
    from statuses
    group by reported_conversation_id

),

-- All closings are known from the creation on where the extract that reports it
-- reports each change, or where Conversation Export counted them. A creation
-- that only a capture shows can be older than all of those.
weighed as (

    select
        counted.*,
        creations.occurred_at as created_at,
        creations.occurred_at is not null
        and (
            creations.source_extract in (
                'events', 'conversation_timestamps_report'
            )
            or coalesce(
                report_counts.counted_at = report_counts.captured_at
                or report_counts.counted_at >= counted.last_closed_at
                or creations.occurred_at >= item_coverage.covered_from,
                false
            )
        ) as is_whole
    from counted
    cross join item_coverage
    left join creations
        on
            counted.reported_conversation_id
            = creations.reported_conversation_id
    left join report_counts
        on
            counted.reported_conversation_id
            = report_counts.reported_conversation_id

),

summed as (

    select
        weighed.reported_conversation_id,
        weighed.created_at,
        case when weighed.is_whole then weighed.first_closed_at end
            as first_closed_at,
        weighed.last_closed_at,
        weighed.is_last_closing_reported,
        case when weighed.is_whole then weighed.close_count end as close_count,
        case when weighed.is_whole then weighed.reopen_count end
            as reopen_count,
        -- Of a later closing that no event reports, neither is known.
        case
            when last_closings.happened_at >= weighed.last_closed_at
                then last_closings.previous_inbox_id
        end as last_closed_inbox_id,
        case
            when last_closings.happened_at >= weighed.last_closed_at
                then last_closings.previous_agent_id
        end as last_closed_agent_id,
        case
            when last_closings.happened_at >= weighed.last_closed_at
                then last_closings.initiator_type
        end as last_closed_by_type
    from weighed
    left join last_closings
        on
            weighed.reported_conversation_id
            = last_closings.reported_conversation_id

)

select * from summed
