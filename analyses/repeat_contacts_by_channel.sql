with

contacts as (

    select * from {{ ref('fct_contacts') }}

),

counted as (

    select
        channel,
        count(*) as inbound_contact_count,
        count(*) filter (where is_repeat_contact) as repeat_contact_count,
        count(distinct customer_id) filter (where is_repeat_contact)
            as returning_customer_count,
        count(*) filter (where is_repeat_contact) / count(*)
            as repeat_contact_rate
    from contacts
    where direction = 'inbound'
    group by channel

)

select * from counted
order by repeat_contact_rate desc, channel asc
