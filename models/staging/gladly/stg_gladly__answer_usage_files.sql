{# What the name of the file can say of the width: Gladly ends it so. #}
{% set named_widths = {
    '-halfhourly': 'half_hour',
    '-daily': 'day',
    '-weekly': 'week',
    '-monthly': 'month',
    '-quarterly': 'quarter',
} %}

with

answer_usage_report as (

    select
        _extract_file,
        {{ try_timestamp("replace(date, 'Z', '')") }} as usage_bucket
    from {{ ref('base_gladly__answer_usage_report') }}
    where _rejection_reason is null

),

described as (

    select
        _extract_file,
        count(distinct usage_bucket) as bucket_count,
        bool_or(hour(usage_bucket) > 0 or minute(usage_bucket) > 0)
            as has_time_of_day,
        bool_and(day(usage_bucket) = 1) as begins_months,
        bool_and(
            day(usage_bucket) = 1 and month(usage_bucket) in (1, 4, 7, 10)
        ) as begins_quarters,
        count(distinct dayofweek(usage_bucket)) as weekday_count
    from answer_usage_report
    group by _extract_file

),

-- A single midnight can begin a day or a week, and most files hold a day.
measured as (

    select
        _extract_file,
        case
            {% for suffix, width in named_widths.items() %}
                when contains(lower(_extract_file), '{{ suffix }}')
                    then '{{ width }}'
            {% endfor %}
            when has_time_of_day then 'half_hour'
            when bucket_count = 1 then 'day'
            when begins_quarters then 'quarter'
            when begins_months then 'month'
            when weekday_count = 1 then 'week'
            else 'day'
        end as bucket_width
    from described

)

select * from measured
