with

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}

),

covered_days as (

    select * from {{ ref('int_covered_days_aggregated') }}

),

conversation_exports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

-- A link ends in the id of its conversation; what is before it opens any other.
newest_link as (

    select
        left(
            conversation_link,
            length(conversation_link) - length(reported_conversation_id)
        ) as conversation_link_prefix
    from conversation_exports
    where
        conversation_link like 'https://%/%'
        and right(conversation_link, length(reported_conversation_id) + 1)
        = concat('/', reported_conversation_id)
    qualify row_number() over (
        order by _captured_at desc, reported_conversation_id asc
    ) = 1

),

summarised as (

    select
        cast(count(*) filter (where record_count > 0) as bigint)
            as extract_count,
        cast(count(*) filter (where record_count = 0) as bigint)
            as missing_extract_count,
        cast(sum(file_count) as bigint) as file_count,
        cast(sum(record_count) as bigint) as record_count,
        min(first_captured_at) as first_captured_at,
        max(last_captured_at) as last_captured_at,
        min(covered_from) as covered_from_at,
        max(covered_to) as covered_to_at
    from coverage

),

joined as (

    select
        cast({{ sql_literal(var('reporting_timezone', 'UTC')) }} as string)
            as reporting_timezone,

        -- now
        reporting_moments.as_of,
        reporting_moments.as_of_date,

        -- what the extracts hold
        summarised.extract_count,
        summarised.missing_extract_count,
        summarised.file_count,
        summarised.record_count,
        summarised.first_captured_at,
        summarised.last_captured_at,
        summarised.covered_from_at,
        summarised.covered_to_at,

        -- the days on which a daily measure of them can be 0
        covered_days.contacts_from_date,
        covered_days.contacts_to_date,
        covered_days.work_from_date,
        covered_days.work_to_date,
        covered_days.work_sessions_from_date,
        covered_days.work_sessions_to_date,
        covered_days.items_from_date as messages_from_date,
        covered_days.items_to_date as messages_to_date,
        covered_days.agent_statuses_from_date,
        covered_days.agent_statuses_to_date,
        covered_days.closings_from_date,
        covered_days.closings_to_date,
        covered_days.topics_from_date,
        covered_days.topics_to_date,
        covered_days.inbox_movements_from_date,
        covered_days.inbox_movements_to_date,
        covered_days.assignments_from_date,
        covered_days.assignments_to_date,

        -- where a conversation opens in Gladly
        newest_link.conversation_link_prefix
    from reporting_moments
    cross join summarised
    cross join covered_days
    left join newest_link on true

)

select * from joined
