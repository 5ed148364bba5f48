with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

told as (

    select
        contact_id,
        reported_conversation_id,
        reported_customer_id,
        event_type,
        occurred_at,
        channel,
        contact_status,
        1 as precedence,
        event_id as event_key
    from events
    where contact_id is not null and event_type like 'contact_%'

    union all

    select
        contact_id,
        reported_conversation_id,
        reported_customer_id,
        event_type,
        occurred_at,
        channel,
        cast(null as varchar) as contact_status,
        2 as precedence,
        contact_event_key as event_key
    from contact_timestamps
    where event_type like 'contact_%'

),

ids_of_first_event as (

    select * from told
    qualify row_number() over (
        partition by contact_id
        order by occurred_at, precedence, event_key
    ) = 1

),

moments as (

    select
        contact_id,
        min(occurred_at) filter (where event_type = 'contact_started')
            as started_at,
        max(occurred_at) filter (where event_type = 'contact_ended')
            as ended_at,
        max(contact_status) filter (where event_type = 'contact_ended')
            as contact_status
    from told
    group by contact_id

),

observed as (

    select
        moments.contact_id,
        ids_of_first_event.reported_conversation_id,
        ids_of_first_event.reported_customer_id,
        ids_of_first_event.channel,
        moments.started_at,
        moments.ended_at,
        moments.contact_status
    from moments
    left join ids_of_first_event
        on moments.contact_id = ids_of_first_event.contact_id

)

select * from observed
