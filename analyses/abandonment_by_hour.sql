with

contacts as (

    select * from {{ ref('fct_contacts') }}

),

dated as (

    select
        *,
        extract(hour from {{ to_reporting_time('queued_at') }}) as hour_of_day
    from contacts
    where
        direction = 'inbound'
        and queued_at is not null
        and not is_open

),

counted as (

    select
        hour_of_day,
        count(*) as ended_contact_count,
        count(*) filter (where contact_status = 'abandoned') as abandoned_count,
        count(*) filter (where contact_status = 'abandoned') / count(*)
            as abandoned_rate,
        median(queued_to_ended_seconds) filter (
            where contact_status = 'abandoned'
        ) as median_seconds_to_abandonment
    from dated
    group by hour_of_day

)

select * from counted
order by hour_of_day
