with

{{ imported_local_time_reports() }},

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

doubtful_files as (

    select
        extract_name,
        _extract_file
    from doubtful_times
    group by extract_name, _extract_file

),

file_rows as (

    {% for extract, report in local_time_reports().items()
        if report.sorted_by %}
        {% set is_last_report = loop.last %}
        {% for column in report.sorted_by %}
            select
                {{ local_time_key(extract, column) }} as local_time_key,
                '{{ extract }}' as extract_name,
                '{{ column }}' as column_name,
                {{ extract }}._extract_file,
                {{ extract }}._record_number,
                {{ extract }}.{{ report.subject }} as subject_id,
                {{ report.times[column] }} as moment,
                {{ to_utc(
                    extract ~ '.' ~ column, extract ~ '.timezone_filter'
                ) }}
                    as later_at
            from {{ extract }}
            inner join doubtful_files
                on
                    doubtful_files.extract_name = '{{ extract }}'
                    and {{ extract }}._extract_file
                    = doubtful_files._extract_file
            where {{ extract }}.{{ column }} is not null
            {{ 'union all' if not (loop.last and is_last_report) }}
        {% endfor %}
    {% endfor %}

),

located as (

    select
        file_rows.*,
        doubtful_times.changed_at,
        doubtful_times.is_repeated,
        doubtful_times.local_at
    from file_rows
    left join doubtful_times
        on file_rows.local_time_key = doubtful_times.local_time_key

)

select * from located
