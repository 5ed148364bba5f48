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

open_contacts as (

    select * from {{ ref('int_contacts_open_dated') }}

),

contact_ends as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

-- No extract reports in which inbox a contact was fulfilled: the one it ended
-- in comes nearest.
placed as (

    select
        contacts.contact_id,
        contact_references.counted_queued_inbox_id as queued_inbox_id,
        contact_references.counted_last_inbox_id as last_inbox_id,
        contact_references.is_inbox_unreported,
        contact_owners.customer_id,
        contacts.queued_at,
        contacts.fulfilled_at,
        contacts.ended_at,
        contact_waits.is_counted_within_sla as is_within_sla,
        contacts.is_fulfilment_unknown,
        contacts.end_status = 'abandoned' as is_abandoned,
        contact_work.handle_seconds is null as is_without_work
    from contacts
    {% for part in [
        'contact_references', 'contact_owners', 'contact_waits', 'contact_work',
    ] %}
        left join {{ part }} on contacts.contact_id = {{ part }}.contact_id
    {% endfor %}

),

-- A contact whose end no extract reports ended on one of these days.
unseen as (

    select
        placed.*,
        {{ days_between(
            to_reporting_date('open_contacts.last_open_at'),
            to_reporting_date(
                'coalesce(contact_ends.over_by, open_contacts.unseen_until)'
            ),
        ) }} as activity_date
    from placed
    inner join open_contacts on placed.contact_id = open_contacts.contact_id
    left join contact_ends on placed.contact_id = contact_ends.contact_id
    where
        coalesce(contact_ends.over_by, open_contacts.unseen_until)
        >= open_contacts.last_open_at

),

-- Queued in one inbox, a contact may be fulfilled and end in another.
moments as (

    {% for moment in ['queued', 'fulfilled', 'ended'] %}
        select
            *,
            {{ to_reporting_date(moment ~ '_at') }} as activity_date,
            {{ 'queued' if moment == 'queued' else 'last' }}_inbox_id
                as inbox_id,
            '{{ moment }}' as moment,
            {{ moment == 'fulfilled' }} as is_fulfilled,
            {{ moment == 'ended' }} as is_ended
        from placed
        where {{ moment }}_at is not null

        union all

    {% endfor %}
    select
        *,
        last_inbox_id as inbox_id,
        'unseen' as moment,
        case when fulfilled_at is not null then false end as is_fulfilled,
        cast(null as boolean) as is_ended
    from unseen

),

counted as (

    select
        inbox_id,
        activity_date,
        count(*) filter (where moment = 'queued') as contacts_queued_count,
        {{ count_if_known('is_fulfilled') }} as contacts_fulfilled_count,
        {{ count_if_known('is_fulfilled and is_within_sla') }}
            as contacts_within_sla_count,
        {{ count_if_known('is_ended') }} as contacts_ended_count,
        {{ count_if_known('is_ended and is_abandoned') }}
            as contacts_abandoned_count,
        {{ count_if_known('is_ended and is_without_work') }}
            as contacts_without_work_count,
        count(distinct customer_id) filter (where moment = 'queued')
            as customer_count,
        coalesce(
            bool_or(is_fulfilment_unknown) filter (where moment != 'unseen'),
            false
        ) as has_unknown_fulfilment,
        inbox_id = 'unknown' and bool_or(is_inbox_unreported) as is_unplaced,
        bool_or(moment != 'unseen') as has_moments,
        bool_or(moment = 'unseen') as has_unseen_end,
        bool_or(moment = 'unseen' and fulfilled_at is null)
            as has_unseen_fulfilment
    from moments
    group by inbox_id, activity_date

)

select * from counted
