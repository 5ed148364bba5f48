{% set prefixes = ['', 'branch_'] %}
{% set moments = ['created', 'added', 'removed', 'closed'] %}

with

counted as (

    select * from {{ ref('int_topic_moments_counted') }}

),

handling as (

    select * from {{ ref('int_topic_handling_allocated') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_determined') }}

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
    {% for prefix in prefixes %}
        {% for moment in moments %}
                            {% set count = prefix ~ moment ~ '_count' %}
            coalesce(counted.{{ count }}, 0) as {{ count }},
        {% endfor %}
        cast(
            coalesce(
                sum(counted.{{ prefix }}open_change) over (
                    partition by days.topic_id
                    order by days.activity_date
                    ),
                0
            ) as bigint
        ) as {{ prefix }}open_count,
        coalesce(handling.{{ prefix }}handle_seconds, 0)
            as {{ prefix }}handle_seconds
        {{- ',' if not loop.last }}
    {% endfor %}
    from days
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
