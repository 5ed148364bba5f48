with

{{ imported_local_time_reports() }},

clock_changes as (

    select * from {{ ref('stg_gladly__clock_changes') }}

),

found as (

    {% for extract, report in local_time_reports().items() %}
        {% set is_last_report = loop.last %}
        {% for column, moment in report.times.items() %}
            {% set local_at = local_time(extract ~ '.' ~ column) %}
            select
                {{ local_time_key(extract, column) }} as local_time_key,
                '{{ extract }}' as extract_name,
                {{ extract }}._extract_file,
                {{ extract }}._record_number,
                {{ extract }}._captured_at,
                '{{ column }}' as column_name,
                {{ extract }}.{{ report.subject }} as subject_id,
                {{ moment }} as moment,
                clock_changes.changed_at,
                clock_changes.is_repeated,
                clock_changes.seconds_before,
                clock_changes.seconds_after,
                {{ local_at }} as local_at
            from {{ extract }}
            inner join clock_changes
                on
                    {{ extract }}.timezone_filter = clock_changes.timezone
                    and cast({{ local_at }} as date) = clock_changes.local_date
            where
                {{ extract }}.timezone_filter != 'UTC'
                and {{ local_at }} >= clock_changes.local_from
                and {{ local_at }} < clock_changes.local_to
            {{ 'union all' if not (loop.last and is_last_report) }}
        {% endfor %}
    {% endfor %}

),

-- The offset that is further ahead gives the earlier moment, before as well as
-- after the change.
read_twice as (

    select
        local_time_key,
        extract_name,
        _extract_file,
        _record_number,
        _captured_at,
        column_name,
        subject_id,
        moment,
        changed_at,
        is_repeated,
        local_at,
        local_at - greatest(seconds_before, seconds_after) * interval 1 second
            as earlier_at,
        local_at - least(seconds_before, seconds_after) * interval 1 second
            as later_at
    from found

)

select * from read_twice
