{# CTEs down to `gaps_with_presences`: gaps, with how many agents were logged in
   as they began, by changes of agents. Whoever does anything but log out is
   logged in until the next change, and by one change for a day at most. #}
{% macro gaps_with_presences(gaps, changes) -%}
presences as (

    select
        occurred_at as present_from,
        least(
            lead(occurred_at, 1, occurred_at + interval 24 hours) over (
                partition by agent_id
                order by occurred_at, recorded_at
            ),
            occurred_at + interval 24 hours
        ) as present_to,
        event_type != 'agent_status_logged_out' as is_present
    from {{ changes }}

),

moments as (

    {% for moment, change in [('present_from', 1), ('present_to', -1)] %}
        select
            {{ moment }} as gap_from,
            cast(null as timestamp) as gap_to,
            cast(null as boolean) as is_within_report,
            {{ change }} as change
        from presences
        where is_present

        union all
    {% endfor %}
    select
        gap_from,
        gap_to,
        is_within_report,
        0 as change
    from {{ gaps }}

),

counted as (

    select
        *,
        sum(change) over (
            order by gap_from
            range between unbounded preceding and current row
        ) as present_count
    from moments

),

gaps_with_presences as (

    select * from counted
    where gap_to is not null

)
{%- endmacro %}
