{% set is_open %}
(contacts.ended_at is null and ends_inferred.contact_id is null)
{%- endset %}
{% set columns = {
    'contacts': [
        'contact_id', 'reported_conversation_id', 'reported_customer_id',
        'channel', 'direction', 'initiator_type', 'fulfilled_type',
        'queued_at', 'offered_at', 'accepted_at', 'fulfilled_at', 'ended_at',
        'is_in_contact_export', 'is_in_work_sessions',
    ],
    'contact_owners': ['conversation_id', 'customer_id'],
    'contact_references': [
        'queued_inbox_id', 'ended_inbox_id', 'ended_agent_id',
    ],
    'contact_waits': [
        'due_at', 'queued_to_accepted_seconds', 'queued_to_fulfilled_seconds',
        'queued_to_ended_seconds', 'sla_target_seconds', 'is_within_sla',
    ],
    'work': [
        'work_session_count', 'agent_count', 'handle_seconds',
        'after_contact_seconds', 'unknown_seconds', 'work_source_extract',
    ],
    'contact_export': [
        'entry_point', 'answered_at', 'talk_seconds', 'hold_seconds',
        'message_count', 'transfer_count', 'missed_count', 'declined_count',
        'average_agent_reply_seconds', 'average_customer_reply_seconds',
        'completed_payment_count', 'declined_payment_count',
        'completed_payment_amount_usd', 'declined_payment_amount_usd',
    ],
} %}

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
        {% for relation, names in columns.items() %}
            {% for name in names %}
                {{ relation }}.{{ name }},
            {% endfor %}
        {% endfor %}
        {% for moment in ['queued', 'accepted', 'fulfilled', 'ended'] %}
            {{ to_reporting_date('contacts.' ~ moment ~ '_at') }}
                as {{ moment }}_date,
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
    left join business_waits
        on contacts.contact_id = business_waits.subject_id

)

select * from joined
