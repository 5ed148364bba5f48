with

contact_intervals as (

    select * from {{ ref('fct_contact_intervals') }}

),

contacts as (

    select * from {{ ref('fct_contacts') }}
    where ended_at is not null or queued_at is not null

),

agent_days as (

    select * from {{ ref('fct_agent_daily') }}
    where logged_in_seconds is not null

),

-- A day that is partly unknown has half hours and no sum.
agent_intervals as (

    select fct_agent_intervals.*
    from {{ ref('fct_agent_intervals') }}
    inner join agent_days
        on
            fct_agent_intervals.agent_id = agent_days.agent_id
            and fct_agent_intervals.half_hour_date = agent_days.activity_date

),

unioned as (

    {% for measure in ['handle_seconds', 'after_contact_seconds'] %}
        select
            '{{ measure }}' as subject,
            half_hour_date as activity_date,
            {{ measure }} as half_hour_seconds,
            0 as seconds
        from contact_intervals

        union all

        select
            '{{ measure }}' as subject,
            coalesce(ended_date, queued_date) as activity_date,
            0 as half_hour_seconds,
            {{ measure }} as seconds
        from contacts

        union all
    {% endfor %}

    select
        agent_id as subject,
        half_hour_date as activity_date,
        logged_in_seconds as half_hour_seconds,
        0 as seconds
    from agent_intervals

    union all

    select
        agent_id as subject,
        activity_date,
        0 as half_hour_seconds,
        logged_in_seconds as seconds
    from agent_days

),

summed as (

    select
        subject,
        activity_date,
        coalesce(sum(half_hour_seconds), 0) as half_hour_seconds,
        coalesce(sum(seconds), 0) as seconds
    from unioned
    group by subject, activity_date

),

-- Each half hour is rounded to the millisecond, and a day has fifty at most.
different as (

    select * from summed
    where abs(half_hour_seconds - seconds) > 0.1

)

select * from different
