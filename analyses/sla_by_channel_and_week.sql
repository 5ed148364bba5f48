with

contacts as (

    select * from {{ ref('fct_contacts') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

),

judged as (

    select
        contacts.channel,
        contacts.is_within_sla,
        dates.week_start_date
    from contacts
    left join dates
        on {{ to_reporting_date('contacts.queued_at') }} = dates.calendar_date
    where contacts.is_within_sla is not null

),

rated as (

    select
        week_start_date,
        channel,
        count(*) as fulfilled_count,
        count(*) filter (where is_within_sla) as within_sla_count,
        count(*) filter (where is_within_sla) / count(*) as within_sla_rate
    from judged
    group by week_start_date, channel

)

select * from rated
order by week_start_date, channel
