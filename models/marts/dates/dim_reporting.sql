{# Subject of a daily measure, and what its days are called here. #}
{% set subjects = {
    'contacts': 'contacts', 'work': 'work', 'work_sessions': 'work_sessions',
    'items': 'messages', 'agent_statuses': 'agent_statuses',
    'closings': 'closings', 'topics': 'topics',
    'inbox_movements': 'inbox_movements',
} %}

with

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}

),

covered_stretches as (

    select * from {{ ref('int_covered_stretches_sequenced') }}
    where from_date <= to_date

),

-- Of several stretches with a pause between them the last.
covered_days as (

    select
        {% for subject, name in subjects.items() %}
            max(from_date) filter (where subject = '{{ subject }}')
                as {{ name }}_from_date,
            max(to_date) filter (where subject = '{{ subject }}')
                as {{ name }}_to_date,
        {% endfor %}
        max(from_date) filter (where subject = 'assignments')
            as assignments_from_date,
        max(to_date) filter (where subject = 'assignments')
            as assignments_to_date
    from covered_stretches

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
        {% for subject, name in subjects.items() %}
            covered_days.{{ name }}_from_date,
            covered_days.{{ name }}_to_date,
        {% endfor %}
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
