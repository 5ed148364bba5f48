with

conversations as (

    select * from {{ ref('fct_conversations') }}

),

dated as (

    select
        first_channel,
        first_reply_seconds,
        extract(
            hour from {{ to_reporting_time('first_customer_message_at') }}
        ) as hour_of_day
    from conversations
    where first_customer_message_at is not null

),

measured as (

    select
        first_channel,
        hour_of_day,
        count(*) as conversation_count,
        count(first_reply_seconds) as replied_count,
        median(first_reply_seconds) as median_first_reply_seconds,
        max(first_reply_seconds) as longest_first_reply_seconds
    from dated
    group by first_channel, hour_of_day

)

select * from measured
order by first_channel, hour_of_day
