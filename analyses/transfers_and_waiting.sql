with

contacts as (

    select * from {{ ref('fct_contacts') }}

),

compared as (

    select
        channel,
        transfer_count,
        count(*) as contact_count,
        median(queued_to_fulfilled_seconds) as median_fulfilled_seconds,
        median(queued_to_ended_seconds) as median_ended_seconds,
        avg(handle_seconds) as mean_handle_seconds,
        count(*) filter (where is_within_sla) / nullif(count(is_within_sla), 0)
            as within_sla_rate
    from contacts
    where direction = 'inbound' and transfer_count is not null
    group by channel, transfer_count

)

select * from compared
order by channel, transfer_count
