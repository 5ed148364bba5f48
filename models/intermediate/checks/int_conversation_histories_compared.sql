{# Measure, kind of value, and the column that may explain a difference. #}
{% set comparisons = [
    ('close_count', 'number', 'history_cause'),
    ('reopen_count', 'number', 'history_cause'),
    ('created_to_first_closed_seconds', 'duration', 'history_cause'),
    ('created_to_last_closed_seconds', 'duration', 'history_cause'),
    ('channel_count', 'number', 'channel_cause'),
] %}

with

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_aggregated') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

known as (

    select * from {{ ref('int_conversation_channels_aggregated') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

conversation_export_report as (

    select
        *,
        reported_conversation_id as conversation_id,
        last_closed_at as ended_at
    from {{ ref('stg_gladly__conversation_export_report') }}

),

changes as (

    select
        reported_conversation_id as conversation_id,
        max(occurred_at) as last_changed_at,
        -- The report itself reports the first and last close, not those
        -- between.
        bool_and(source_extract in ('events', 'conversation_timestamps_report'))
            as is_fully_recorded
    from events
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )
    group by reported_conversation_id

),

newest as (

    select
        conversation_id,
        max(occurred_at) as last_item_at
    from conversation_items
    group by conversation_id

),

-- One row per canonical conversation: only those have channels.
ours as (

    select
        known.conversation_id,
        lifecycles.close_count,
        lifecycles.reopen_count,
        lifecycles.created_to_first_closed_seconds,
        lifecycles.created_to_last_closed_seconds,
        case
            when
                known.channel_count > 0
                or conversation_export_report.channel_count = 0
                then known.channel_count
        end as channel_count,
        case
            when
                changes.last_changed_at
                > conversation_export_report._captured_at
                then 'captured_earlier'
            when not coalesce(changes.is_fully_recorded, false)
                then 'not_recorded_by_events'
        end as history_cause,
        case
            when
                newest.last_item_at
                > conversation_export_report._captured_at
                then 'captured_earlier'
            when
                known.channel_count < conversation_export_report.channel_count
                then 'messages_not_exported'
        end as channel_cause
    from known
    left join lifecycles
        on known.conversation_id = lifecycles.reported_conversation_id
    left join changes on known.conversation_id = changes.conversation_id
    left join newest on known.conversation_id = newest.conversation_id
    left join conversation_export_report
        on known.conversation_id = conversation_export_report.conversation_id

),

compared as (

    {% for measure, kind, cause in comparisons %}
        {{ compared_measure(
            'conversation_id', measure, 'conversation_export_report',
            kind, cause,
        ) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from compared
