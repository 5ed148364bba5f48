with

moments as (

    select * from {{ ref('int_conversation_closings_unioned') }}

),

newest_reports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

-- With and without its milliseconds it is one closing. Only where it was the
-- last one does the report name who closed it.
deduplicated as (

    select
        *,
        max(closed_at) over (
            partition by source_extract, reported_conversation_id, closed_second
        ) as exactly_closed_at,
        bool_or(is_last and is_open_since) over (
            partition by source_extract, reported_conversation_id, closed_second
        ) as was_reopened,
        max(_captured_at) over (
            partition by source_extract, reported_conversation_id, closed_second
        ) as last_reported_at
    from moments
    qualify row_number() over (
        partition by source_extract, reported_conversation_id, closed_second
        order by
            is_last desc,
            closed_at desc,
            _captured_at desc,
            _extract_file desc,
            _record_number desc,
            last_closed_inbox_id asc,
            last_closed_agent_id asc,
            last_closed_by_type asc,
            last_closed_by_id asc
    ) = 1

),

-- Moments that a later capture corrected would be closings of their own: of
-- more than the newest report counts, those reported longest ago are left out.
counted as (

    select
        deduplicated.source_extract,
        deduplicated.reported_conversation_id,
        deduplicated.exactly_closed_at as closed_at,
        deduplicated.was_reopened,
        case
            when deduplicated.is_last then deduplicated.last_closed_inbox_id
        end as inbox_id,
        case
            when deduplicated.is_last then deduplicated.last_closed_agent_id
        end as agent_id,
        case
            when deduplicated.is_last then deduplicated.last_closed_by_type
        end as closed_by_type,
        case
            when deduplicated.is_last then deduplicated.last_closed_by_id
        end as closed_by_id,
        deduplicated._captured_at,
        deduplicated._extract_file,
        deduplicated._record_number
    from deduplicated
    left join newest_reports
        on
            case
                when deduplicated.source_extract = 'conversation_export_report'
                    then deduplicated.reported_conversation_id
            end = newest_reports.reported_conversation_id
    qualify
        newest_reports.close_count is null
        or deduplicated.last_reported_at = newest_reports._captured_at
        or row_number() over (
            partition by
                deduplicated.source_extract,
                deduplicated.reported_conversation_id
            order by
                deduplicated.last_reported_at desc,
                deduplicated.exactly_closed_at desc
        ) <= newest_reports.close_count

)

select * from counted
