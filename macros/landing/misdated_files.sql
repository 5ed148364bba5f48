{# SQL for the files whose capture time is a slip of the pen, with the reason.
   It must not become "now". Captures and the days of records, in order, fall
   into groups with more than the var capture_gap_days between them. A group
   is certain that has records of its time, and the first one, for a folder
   may hold nothing but old windows. Another one is believed when it lies
   between two that are certain, or when captures of several extracts agree on
   it and it is less than a year away. #}
{% macro misdated_files() %}
{% set a_year, ten_years = '366 days', '3660 days' %}
with files as (
    select
        extract_file,
        captured_at,
        is_before_its_records,
        -- A job dates all of its files.
        case
            when starts_with(extract_file, 'exports/')
                then string_split(extract_file, '/')[2]
            else extract_name
        end as dated_with,
        case
            when newest_record_date is not null
                then least(newest_record_date + interval 1 day, captured_at)
        end as newest_record_at
    from seen_files
    where extract_name is not null
),

dated as (
    select * from files
    where
        captured_at between timestamp '2000-01-01' and timestamp '2100-01-01'
        and not coalesce(is_before_its_records, false)
),

moments as (
    select
        captured_at as moment,
        dated_with,
        false as is_record
    from dated
    union all
    select
        newest_record_at as moment,
        cast(null as varchar) as dated_with,
        true as is_record
    from dated
    where newest_record_at is not null
),

gaps as (
    select
        *,
        moment - lag(moment) over (order by moment, dated_with)
        > interval {{ sql_literal(var('capture_gap_days') ~ ' days') }} as is_after_gap
    from moments
),

numbered as (
    select
        *,
        count(*) filter (where is_after_gap) over (
            order by moment range unbounded preceding
        ) as group_number
    from gaps
),

groups as (
    select
        group_number,
        min(moment) as starts_at,
        max(moment) as ends_at,
        max(moment) filter (where is_record) as record_at,
        min(moment) filter (where not is_record) as capture_at,
        count(distinct dated_with) as agreeing
    from numbered
    group by group_number
),

evidence as (
    select
        *,
        capture_at = min(capture_at) over () as is_first,
        max(record_at) over () as newest_record_at,
        min(starts_at) filter (where record_at is not null) over (
            order by group_number rows between 1 following and unbounded following
        ) as next_record_at
    from groups
    where capture_at is not null or record_at is not null
),

believed as (
    select
        *,
        (
            record_at is not null or (is_first and coalesce(
                capture_at < newest_record_at + interval '{{ ten_years }}', true
            ))
        )
        -- Too early by years, if alone.
        and not coalesce(
            record_at is null and agreeing = 1
            and next_record_at > ends_at + interval '{{ a_year }}',
            false
        ) as is_certain
    from evidence
),

sorted as (
    select
        *,
        max(ends_at) filter (where is_certain) over (
            order by group_number rows unbounded preceding
        ) as certain_until
    from believed
),

judged as (
    select
        *,
        is_certain or coalesce(
            max(ends_at) filter (where is_certain) over () > certain_until
            or (
                agreeing > 1
                and starts_at <= certain_until + interval '{{ a_year }}'
            ),
            false
        ) as is_believed
    from sorted
)

select
    files.extract_file,
    'capture time ' || cast(files.captured_at as varchar) || case
        when coalesce(files.is_before_its_records, false)
            then ' is before the times of its own records'
        else ' is far from every other capture and record'
    end as reason
from files
left join judged
    on files.captured_at between judged.starts_at and judged.ends_at
where
    files.captured_at is not null
    and (
        coalesce(files.is_before_its_records, false)
        or not coalesce(judged.is_believed, false)
    )
{% endmacro %}
