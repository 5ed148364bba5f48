with

contact_events as (

    select * from {{ ref('int_contact_events_combined') }}

),

ids_of_first_event as (

    select * from contact_events
    qualify row_number() over (
        partition by contact_id
        order by
            occurred_at,
            case when event_id is null then 2 else 1 end,
            contact_event_key
    ) = 1

),

moments as (

    select
        contact_id,
        min(occurred_at) filter (where event_type = 'contact_started')
            as started_at,
        max(occurred_at) filter (where event_type = 'contact_ended')
            as ended_at,
        max(end_status) filter (where event_type = 'contact_ended')
            as contact_status
    from contact_events
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
