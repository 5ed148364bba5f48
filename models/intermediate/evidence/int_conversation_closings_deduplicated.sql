with

export_captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

newest_reports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

-- Most captures repeat what the one before reported.
reported as (

    select
        'conversation_export_report' as source_extract,
        reported_conversation_id,
        first_closed_at,
        last_closed_at,
        last_closed_inbox_id,
        last_closed_agent_id,
        last_closed_by_type,
        coalesce(last_closed_by_agent_id, last_closed_by_rule_id)
            as last_closed_by_id,
        bool_or(conversation_status in ('open', 'waiting')) as is_open_since,
        max(_captured_at) as _captured_at,
        max(_extract_file) as _extract_file,
        max(_record_number) as _record_number
    from export_captures
    where first_closed_at is not null or last_closed_at is not null
    group by all

    union all

    select
        'conversations' as source_extract,
        reported_conversation_id,
        closed_at as first_closed_at,
        closed_at as last_closed_at,
        null as last_closed_inbox_id,
        null as last_closed_agent_id,
        null as last_closed_by_type,
        null as last_closed_by_id,
        bool_or(conversation_status in ('open', 'waiting')) as is_open_since,
        max(_captured_at) as _captured_at,
        max(_extract_file) as _extract_file,
        max(_record_number) as _record_number
    from conversation_captures
    where closed_at is not null
    group by reported_conversation_id, closed_at

),

moments as (

    select
        *,
        last_closed_at as closed_at,
        date_trunc('second', last_closed_at) as closed_second,
        true as is_last
    from reported
    where last_closed_at is not null

    union all

    select
        *,
        first_closed_at as closed_at,
        date_trunc('second', first_closed_at) as closed_second,
        false as is_last
    from reported
    where last_closed_at is null or first_closed_at < last_closed_at

),

-- With and without its milliseconds it is one closing. Only where it was the
-- last one does the report name who closed it.
closings as (

    select
        *,
        case when is_last then last_closed_inbox_id end as inbox_id,
        case when is_last then last_closed_agent_id end as agent_id,
        case when is_last then last_closed_by_type end as closed_by_type,
        case when is_last then last_closed_by_id end as closed_by_id,
        max(closed_at) over of_second as exactly_closed_at,
        bool_or(is_last and is_open_since) over of_second as was_reopened,
        max(_captured_at) over of_second as last_reported_at
    from moments
    window
        of_second as (
            partition by source_extract, reported_conversation_id, closed_second
        )
    qualify row_number() over (
        partition by source_extract, reported_conversation_id, closed_second
        order by
            is_last desc, closed_at desc, {{ newest_first() }},
            last_closed_inbox_id asc nulls last,
            last_closed_agent_id asc nulls last,
            last_closed_by_type asc nulls last,
            last_closed_by_id asc nulls last
    ) = 1

),

-- Moments that a later capture corrected would be closings of their own: of
-- more than the newest report counts, those reported longest ago are left out.
counted as (

    select
        closings.source_extract,
        closings.reported_conversation_id,
        closings.exactly_closed_at as closed_at,
        coalesce(closings.was_reopened, false) as was_reopened,
        closings.inbox_id,
        closings.agent_id,
        closings.closed_by_type,
        closings.closed_by_id,
        closings._captured_at,
        closings._extract_file,
        closings._record_number
    from closings
    left join newest_reports
        on
            case
                when closings.source_extract = 'conversation_export_report'
                    then closings.reported_conversation_id
            end = newest_reports.reported_conversation_id
    qualify
        newest_reports.close_count is null
        or closings.last_reported_at = newest_reports._captured_at
        or row_number() over (
            partition by
                closings.source_extract, closings.reported_conversation_id
            order by
                closings.last_reported_at desc, closings.exactly_closed_at desc
        ) <= newest_reports.close_count

)

select * from counted
