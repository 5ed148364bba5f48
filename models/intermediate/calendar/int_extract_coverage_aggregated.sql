{# Extracts whose records have a moment of their own, and which one their report
   or endpoint is asked by. All others are lists as of their capture. #}
{% set anchors = {
    'agent_timestamps_report': [
        'stg_gladly__agent_timestamps_report', 'recorded_at',
    ],
    'answer_usage_report': ['stg_gladly__answer_usage_report', 'usage_bucket'],
    'contact_export_report': [
        'stg_gladly__contact_export_captures', 'queued_at',
    ],
    'contact_timestamps_report': [
        'stg_gladly__contact_timestamps_report', 'occurred_at',
    ],
    'conversation_export_report': [
        'stg_gladly__conversation_export_captures', 'created_at',
    ],
    'conversation_items': ['stg_gladly__conversation_items', 'occurred_at'],
    'conversation_timestamps_report': [
        'stg_gladly__conversation_timestamps_report', 'occurred_at',
    ],
    'events': ['stg_gladly__events', 'occurred_at'],
    'work_session_events': [
        'stg_gladly__work_session_captures',
        'coalesce(contact_ended_at, contact_created_at)',
    ],
} %}

with

extract_files as (

    select * from {{ ref('stg_gladly__extract_files') }}

),

item_windows as (

    select * from {{ ref('int_item_windows_sequenced') }}

),

records as (

    {% for extract in extract_names() %}
        select
            '{{ extract }}' as extract_name,
            count(*) as record_count
        from {{ ref('base_gladly__' ~ extract) }}
        where _rejection_reason is null

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

captures as (

    select
        extract_name,
        count(*) as file_count,
        min(captured_at) as first_captured_at,
        max(captured_at) as last_captured_at,
        {{ days_without('captured_at') }} as days_without_capture_count
    from extract_files
    group by extract_name

),

moments as (

    {% for extract, anchor in anchors.items() %}
        select
            '{{ extract }}' as extract_name,
            min({{ anchor[1] }}) as first_moment_at,
            max({{ anchor[1] }}) as last_moment_at,
            {{ days_without(anchor[1]) }} as days_without_record_count
        from {{ ref(anchor[0]) }}

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- Of all extracts only export jobs say which time they were asked for.
windows as (

    select
        'conversation_items' as extract_name,
        min(window_start_at) as window_start_at,
        max(window_end_at) as window_end_at
    from item_windows

),

aggregated as (

    select
        records.extract_name,
        coalesce(captures.file_count, 0) as file_count,
        records.record_count,
        captures.first_captured_at,
        captures.last_captured_at,
        captures.days_without_capture_count,
        case
            when records.record_count > 0
                then least(moments.first_moment_at, windows.window_start_at)
        end as covered_from,
        case
            when records.record_count > 0
                then greatest(moments.last_moment_at, windows.window_end_at)
        end as covered_to,
        moments.days_without_record_count
    from records
    left join captures on records.extract_name = captures.extract_name
    left join moments on records.extract_name = moments.extract_name
    left join windows on records.extract_name = windows.extract_name

)

select * from aggregated
