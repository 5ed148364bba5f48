{% set counts = [
    'contacts_queued_count', 'contacts_fulfilled_count',
    'contacts_within_sla_count', 'contacts_ended_count',
    'contacts_abandoned_count', 'contacts_without_work_count',
] %}

with

contact_intervals as (

    select * from {{ ref('fct_contact_intervals') }}

),

inbox_days as (

    select * from {{ ref('fct_inbox_daily') }}

),

unioned as (

    {% for count in counts %}
        select
            inbox_id,
            half_hour_date as activity_date,
            '{{ count }}' as measure,
            coalesce({{ count }}, 0) as half_hour_count,
            0 as day_count
        from contact_intervals

        union all

        select
            inbox_id,
            activity_date,
            '{{ count }}' as measure,
            0 as half_hour_count,
            coalesce({{ count }}, 0) as day_count
        from inbox_days

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

summed as (

    select
        inbox_id,
        activity_date,
        measure,
        sum(half_hour_count) as half_hour_count,
        sum(day_count) as day_count
    from unioned
    group by inbox_id, activity_date, measure

),

different as (

    select * from summed
    where half_hour_count != day_count

)

select * from different
