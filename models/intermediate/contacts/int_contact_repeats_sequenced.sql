with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

owned as (

    select
        contacts.contact_id,
        contact_owners.customer_id,
        contacts.direction,
        contacts.queued_at,
        contacts.ended_at
    from contacts
    left join contact_owners
        on contacts.contact_id = contact_owners.contact_id
    -- Contacts of unknown customers would be each other's repeats.
    where contact_owners.customer_id is not null

),

-- At one moment beginnings come first: a contact that ended as it began is not
-- its own repeat. An end that is cut to the second may be later in it.
moments as (

    select
        contact_id,
        customer_id,
        direction,
        queued_at as occurred_at,
        0 as moment_order,
        cast(null as timestamp) as ended_at
    from owned
    where queued_at is not null

    union all

    select
        contact_id,
        customer_id,
        direction,
        case
            when {{ is_cut_to_second('ended_at') }}
                then ended_at + interval 999 milliseconds
            else ended_at
        end as occurred_at,
        1 as moment_order,
        ended_at
    from owned
    where direction = 'inbound' and ended_at is not null

),

followed as (

    select
        contact_id,
        direction,
        occurred_at,
        moment_order,
        max(ended_at) over (
            partition by customer_id
            order by occurred_at, moment_order, contact_id
            rows between unbounded preceding and current row
        ) as previous_contact_at
    from moments

),

found as (

    select
        contact_id,
        previous_contact_at,
        coalesce(
            direction = 'inbound'
            and occurred_at <= previous_contact_at + interval 7 days,
            false
        ) as is_repeat_contact
    from followed
    where moment_order = 0

)

select * from found
