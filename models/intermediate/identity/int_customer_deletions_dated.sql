with

proofs_of_life as (

    select * from {{ ref('int_ids_alive_dated') }}
    where entity = 'customer'

),

profiles as (

    select * from {{ ref('stg_gladly__customer_profiles') }}

),

customer_lookups as (

    select * from {{ ref('stg_gladly__customer_lookups') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

found_gone as (

    select
        requested_customer_id as reported_customer_id,
        looked_up_at as gone_at
    from customer_lookups
    where lookup_outcome = 'gone'

    union all

    select
        reported_customer_id,
        gone_since as gone_at
    from profiles
    where is_gone

    union all

    -- Another extract may have seen it since the first.
    select
        reported_customer_id,
        _captured_at as gone_at
    from profiles
    where is_gone

),

gone_since_last_seen as (

    select
        found_gone.reported_customer_id,
        found_gone.gone_at
    from found_gone
    left join proofs_of_life
        on found_gone.reported_customer_id = proofs_of_life.id
    where
        proofs_of_life.last_alive_at is null
        or found_gone.gone_at > proofs_of_life.last_alive_at

),

reported_deleted as (

    select
        reported_customer_id,
        occurred_at as gone_at
    from events
    where
        reported_customer_id is not null
        and (
            event_type = 'customer_profile_deleted'
            or (event_type = 'contact_ended' and reason = 'customer_deleted')
        )

),

proofs as (

    select * from gone_since_last_seen
    union all
    select * from reported_deleted

),

proven as (

    select
        reported_customer_id,
        min(gone_at) as deleted_at
    from proofs
    group by reported_customer_id

)

select * from proven
