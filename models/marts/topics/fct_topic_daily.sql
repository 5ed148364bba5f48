with

counted as (

    select * from {{ ref('int_topic_moments_aggregated') }}

),

handling as (

    select * from {{ ref('int_topic_handling_allocated') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

covered_days as (

    select * from {{ ref('int_covered_days_aggregated') }}

),

still_open as (

    select topic_id
    from counted
    group by topic_id
    having sum(branch_open_change) > 0

),

-- To the last activity, and to now while conversations are open with the topic.
activities as (

    select
        topic_id,
        activity_date
    from counted
    union all
    select
        topic_id,
        activity_date
    from handling
    union all
    select
        still_open.topic_id,
        reporting_moments.as_of_date as activity_date
    from still_open
    cross join reporting_moments

),

spans as (

    select
        topic_id,
        min(activity_date) as first_date,
        max(activity_date) as last_date
    from activities
    group by topic_id

),

days as (

    select
        topic_id,
        {{ days_between('first_date', 'last_date') }} as activity_date
    from spans

),

joined as (

    select
        {{ hashed_key(['days.topic_id', 'days.activity_date']) }}
            as topic_daily_key,
        days.topic_id,
        days.activity_date,
    {% for reach in ['', 'branch_'] %}
        {% set handle_seconds = 'handling.' ~ reach ~ 'handle_seconds' %}
        {% for moment in ['created', 'added', 'removed', 'closed'] %}
            {{ zero_if_covered(
                'counted.' ~ reach ~ moment ~ '_count', 'topics',
                'not covered_days.covers_inbox_movements'
                if moment == 'created' else none,
            ) }} as {{ reach }}{{ moment }}_count,
        {% endfor %}
        -- Work on what was about it is missing where topics are.
        case
            when {{ handle_seconds }} > 0 then {{ handle_seconds }}
            when handling.topic_id is not null and {{ handle_seconds }} is null
                then null
            when covered_days.covers_topics
                then {{ zero_if_covered('null', 'work') }}
        end as {{ reach }}handle_seconds,
        {{ open_if_covered(
            'counted.' ~ reach ~ 'open_change', 'days.topic_id',
            'days.activity_date', 'topics',
        ) }} as {{ reach }}open_count
        {{- ',' if not loop.last }}
    {% endfor %}
    from days
    left join covered_days on days.activity_date = covered_days.covered_date
    left join counted
        on
            days.topic_id = counted.topic_id
            and days.activity_date = counted.activity_date
    left join handling
        on
            days.topic_id = handling.topic_id
            and days.activity_date = handling.activity_date

)

select * from joined
