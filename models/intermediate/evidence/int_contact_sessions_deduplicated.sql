with

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

-- The contact's own columns repeat on each of its rows. An ended contact stays
-- ended, whenever the placeholder from while it was open was captured.
newest_row as (

    select
        *,
        min(routed_at) over (partition by contact_id) as first_routed_at,
        min(accepted_at) over (partition by contact_id) as first_accepted_at
    from work_session_events
    qualify row_number() over (
        partition by contact_id
        order by
            contact_ended_at is null asc,
            {{ newest_first() }}
    ) = 1

),

observed as (

    select
        contact_id,
        reported_conversation_id,
        reported_customer_id,
        inbox_id,
        is_inbox_reported,
        channel,
        direction,
        contact_status,
        contact_created_at,
        first_routed_at as offered_at,
        first_accepted_at as accepted_at,
        fulfilled_at,
        contact_ended_at,
        is_within_sla,
        is_offer_reported,
        is_acceptance_reported,
        is_fulfilment_reported,
        is_sla_reported,
        _captured_at
    from newest_row

)

select * from observed
