select
    dim_dates.weekday_name,
    count(*) as contacts
from {{ ref('fct_contacts') }}
inner join {{ ref('dim_dates') }}
    on fct_contacts.queued_date = dim_dates.calendar_date
where fct_contacts.direction = 'inbound'
group by dim_dates.iso_weekday, dim_dates.weekday_name
order by dim_dates.iso_weekday
