{% set is_open %}
(contacts.ended_at is null and ends_inferred.contact_id is null)
{%- endset %}

with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

work as (

    select * from {{ ref('int_contact_work_resolved') }}

),

contact_waits as (

    select * from {{ ref('int_contact_waits_resolved') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

rows_set_aside as (

    select * from {{ ref('int_work_session_rows_resolved') }}
    where outcome like 'set_aside_%'

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

ends_inferred as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

repeats as (

    select * from {{ ref('int_contact_repeats_sequenced') }}

),

business_waits as (

    select * from {{ ref('int_office_waits_matched') }}
    where wait = 'queued_to_fulfilled'

),

joined as (

    select
        contacts.contact_id,
        contacts.reported_conversation_id,
        contacts.reported_customer_id,
        contacts.channel,
        contacts.direction,
        contacts.initiator_type,
        contacts.fulfilled_type,
        contacts.entry_point,
        contacts.queued_at,
        contacts.offered_at,
        contacts.accepted_at,
        contacts.fulfilled_at,
        contacts.ended_at,
        contacts.is_in_contact_export,
        contacts.is_in_work_sessions,
        contact_owners.conversation_id,
        contact_owners.customer_id,
        contact_references.queued_inbox_id,
        contact_references.ended_inbox_id,
        contact_references.ended_agent_id,
        contact_waits.due_at,
        contact_waits.queued_to_accepted_seconds,
        contact_waits.queued_to_fulfilled_seconds,
        contact_waits.queued_to_ended_seconds,
        contact_waits.sla_target_seconds,
        contact_waits.is_within_sla,
        work.work_session_count,
        work.agent_count,
        work.handle_seconds,
        work.after_contact_seconds,
        work.unknown_seconds,
        work.work_source_extract,
        contact_export.answered_at,
        contact_export.talk_seconds,
        contact_export.hold_seconds,
        contact_export.message_count,
        contact_export.transfer_count,
        contact_export.missed_count,
        contact_export.declined_count,
        contact_export.average_agent_reply_seconds,
        contact_export.average_customer_reply_seconds,
        contact_export.completed_payment_count,
        contact_export.declined_payment_count,
        contact_export.completed_payment_amount_usd,
        contact_export.declined_payment_amount_usd,
        {% for at in ['queued', 'offered', 'accepted', 'fulfilled', 'ended'] %}
            {{ to_reporting_date('contacts.' ~ at ~ '_at') }}
                as {{ at }}_date,
        {% endfor %}
        case
            when {{ is_open }} then 'open'
            else coalesce(contacts.end_status, 'unknown')
        end as contact_status,
        business_waits.business_seconds
            as queued_to_fulfilled_business_seconds,
        contact_export.queued_to_fulfilled_business_seconds
            as reported_queued_to_fulfilled_business_seconds,
        replace(rows_set_aside.outcome, 'set_aside_', '')
            as no_work_session_reason,
        repeats.previous_contact_at,
        coalesce(repeats.is_repeat_contact, false) as is_repeat_contact,
        {{ is_open }} as is_open,
        coalesce({{ is_open }} and contact_waits.is_past_due, false)
            as is_overdue
    from contacts
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join work on contacts.contact_id = work.contact_id
    left join contact_waits on contacts.contact_id = contact_waits.contact_id
    left join contact_references
        on contacts.contact_id = contact_references.contact_id
    left join rows_set_aside on contacts.contact_id = rows_set_aside.contact_id
    left join contact_owners on contacts.contact_id = contact_owners.contact_id
    left join ends_inferred on contacts.contact_id = ends_inferred.contact_id
    left join repeats on contacts.contact_id = repeats.contact_id
    left join business_waits on contacts.contact_id = business_waits.subject_id

)

select * from joined
