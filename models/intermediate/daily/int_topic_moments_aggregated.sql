{% set reaches = {'own': '', 'branch': 'branch_'} %}

with

topic_moments as (

    select * from {{ ref('int_topic_moments_unioned') }}

),

counted as (

    select
        topic_id,
        {{ to_reporting_date('occurred_at') }} as activity_date,
    {% for reach, prefix in reaches.items() %}
        {% for moment in ['created', 'added', 'removed', 'closed'] %}
            count(*) filter (
                where reach = '{{ reach }}' and moment = '{{ moment }}'
            ) as {{ prefix }}{{ moment }}_count,
        {% endfor %}
        count(*) filter (
            where reach = '{{ reach }}' and moment = 'opened'
        ) - count(*) filter (
            where reach = '{{ reach }}' and moment = 'ended'
        ) as {{ prefix }}open_change
        {{- ',' if not loop.last }}
    {% endfor %}
    from topic_moments
    group by topic_id, activity_date

)

select * from counted
