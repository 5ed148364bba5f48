with

extract_files as (

    select * from {{ ref('stg_gladly__extract_files') }}

),

file_days as (

    select * from {{ ref('int_file_days_aggregated') }}

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
        {{ days_without(to_reporting_date('captured_at')) }}
            as days_without_capture_count
    from extract_files
    group by extract_name

),

moments as (

    select
        extract_name,
        min(first_moment_at) as first_moment_at,
        max(last_moment_at) as last_moment_at,
        {{ days_without('moment_date') }} as days_without_record_count
    from file_days
    group by extract_name

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
