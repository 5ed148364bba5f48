with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

contact_waits as (

    select * from {{ ref('int_contact_waits_resolved') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_resolved') }}

),

-- No extract reports in which inbox a contact was fulfilled: the one it ended
-- in comes nearest.
placed as (

    select
        contact_references.queued_inbox_id,
        coalesce(
            contact_references.ended_inbox_id,
            contact_references.queued_inbox_id
        ) as last_inbox_id,
        contact_owners.customer_id,
        contacts.queued_at,
        contacts.fulfilled_at,
        contacts.ended_at,
        contact_waits.is_counted_within_sla as is_within_sla,
        contacts.is_fulfilment_unknown,
        contacts.end_status = 'abandoned' as is_abandoned,
        contact_work.handle_seconds is null as is_without_work
    from contacts
    left join contact_references
        on contacts.contact_id = contact_references.contact_id
    left join contact_owners
        on contacts.contact_id = contact_owners.contact_id
    left join contact_waits
        on contacts.contact_id = contact_waits.contact_id
    left join contact_work
        on contacts.contact_id = contact_work.contact_id

),

moments as (

    select
        queued_inbox_id as inbox_id,
        queued_at as occurred_at,
        'queued' as moment,
        customer_id,
        is_fulfilment_unknown,
        false as is_within_sla,
        false as is_abandoned,
        false as is_without_work
    from placed

    union all

    select
        last_inbox_id as inbox_id,
        fulfilled_at as occurred_at,
        'fulfilled' as moment,
        cast(null as string) as customer_id,
        is_fulfilment_unknown,
        is_within_sla,
        false as is_abandoned,
        false as is_without_work
    from placed

    union all

    select
        last_inbox_id as inbox_id,
        ended_at as occurred_at,
        'ended' as moment,
        cast(null as string) as customer_id,
        is_fulfilment_unknown,
        false as is_within_sla,
        is_abandoned,
        is_without_work
    from placed

),

counted as (

    select
        inbox_id,
        {{ to_reporting_date('occurred_at') }} as activity_date,
        count(*) filter (where moment = 'queued') as contacts_queued_count,
        count(*) filter (where moment = 'fulfilled')
            as contacts_fulfilled_count,
        {{ count_if_known('is_within_sla') }} as contacts_within_sla_count,
        count(*) filter (where moment = 'ended') as contacts_ended_count,
        {{ count_if_known('is_abandoned') }} as contacts_abandoned_count,
        count(*) filter (where is_without_work)
            as contacts_without_work_count,
        count(distinct customer_id) as customer_count,
        bool_or(is_fulfilment_unknown) as has_unknown_fulfilment
    from moments
    where occurred_at is not null
    group by inbox_id, activity_date

)

select * from counted
