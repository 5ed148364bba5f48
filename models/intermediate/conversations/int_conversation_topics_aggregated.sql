{#- Days that no file has show in what a later report counts. Only of items is
    it known which those are. -#}
{%- set are_changes_missing -%}
(
    not coalesce(coverage.is_covered_by_items, false)
    and coalesce(greatest(
        reports.topic_added_count - coalesce(changed.topic_added_count, 0),
        reports.topic_removed_count - coalesce(changed.topic_removed_count, 0)
    ) > 0, false)
)
{%- endset -%}
{#- All that a report counts is known, where it came after that. -#}
{%- set are_changes_whole -%}
coalesce(
    reports.topic_added_count = changed.topic_added_count
    and reports.topic_removed_count = changed.topic_removed_count
    and reports.captured_at >= changed.changed_at + interval 1 hour
    and not coalesce(coverage.is_newer_than_export, false),
    false
)
{%- endset -%}
{%- set is_shown_blank -%}
coalesce(
    reports.are_topics_reported
    and not reports.has_topics
    and not coalesce(coverage.is_newer_than_export, false),
    false
)
{%- endset -%}

with

conversations as (

    select conversation_id from {{ ref('int_conversation_ids_resolved') }}
    group by conversation_id

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

fetched as (

    select * from {{ ref('stg_gladly__conversations') }}

),

summed as (

    select
        conversation_id,
        count(*) filter (where removed_at is null) as topic_count
    from {{ ref('int_topic_stays_resolved') }}
    group by conversation_id

),

changed as (

    select
        conversation_id,
        count(*) filter (where event_type = 'conversation_topic_added')
            as topic_added_count,
        count(*) filter (where event_type = 'conversation_topic_removed')
            as topic_removed_count,
        max(occurred_at) filter (where topic_id is not null) as changed_at
    from {{ ref('int_conversation_events_deduplicated') }}
    group by conversation_id

),

counted as (

    select
        conversations.conversation_id,
        case
            when
                coalesce(summed.topic_count, 0) = 0 and reports.has_topics
                and coalesce(
                    reports.captured_at - interval 1 hour
                    >= greatest(changed.changed_at, fetched._captured_at), true
                )
                then null
            -- Others may have been there when nothing was pulled or fetched.
            when
                summed.topic_count is not null
                and (
                    coverage.is_older_than_topic_events
                    or coverage.is_newer_than_topic_events
                    or {{ are_changes_missing }}
                )
                and (
                    fetched.reported_conversation_id is null
                    or (
                        reports.captured_at > fetched._captured_at
                        and reports.topic_added_count
                        > reports.topic_removed_count + summed.topic_count
                    )
                )
                and not (summed.topic_count = 0 and {{ is_shown_blank }})
                and not {{ are_changes_whole }}
                then null
            when summed.topic_count is not null then summed.topic_count
            when
                {{ is_shown_blank }}
                or (
                    reports.topic_added_count = 0
                    and not coalesce(coverage.is_newer_than_export, false)
                )
                or fetched.reported_conversation_id is not null
                or (
                    coverage.is_covered_by_topics
                    and not {{ are_changes_missing }}
                )
                then 0
        end as topic_count
    from conversations
    left join summed
        on conversations.conversation_id = summed.conversation_id
    left join changed
        on conversations.conversation_id = changed.conversation_id
    left join reports
        on conversations.conversation_id = reports.conversation_id
    left join coverage
        on conversations.conversation_id = coverage.conversation_id
    left join fetched
        on conversations.conversation_id = fetched.reported_conversation_id

),

flagged as (

    select
        *,
        coalesce(topic_count = 0, false) as is_untagged
    from counted

)

select * from flagged
