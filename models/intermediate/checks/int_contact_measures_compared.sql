{# Measure, report, kind of value, and what may explain a difference. #}
{% set comparisons = [
    ('queued_at', 'work_session_events', 'moment', none),
    ('fulfilled_at', 'contact_export_report', 'moment', none),
    ('fulfilled_at', 'work_session_events', 'moment', none),
    ('ended_at', 'contact_export_report', 'moment', none),
    ('ended_at', 'work_session_events', 'moment', none),
    ('contact_status', 'contact_export_report', 'text', none),
    ('contact_status', 'work_session_events', 'text', none),
    ('ended_inbox_id', 'work_session_events', 'text', 'transfer_cause'),
    ('is_within_sla', 'work_session_events', 'text', 'transfer_cause'),
    ('sla_overrun_seconds', 'contact_export_report', 'duration', none),
    (
        'queued_to_fulfilled_business_seconds', 'contact_export_report',
        'duration', 'schedule_cause',
    ),
    ('handle_seconds', 'contact_export_report', 'number', 'work_cause'),
    ('after_contact_seconds', 'contact_export_report', 'number', 'growth_cause'),
] %}

with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export_report as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

work_session_events as (

    select
        *,
        contact_created_at as queued_at,
        contact_ended_at as ended_at,
        case when contact_ended_at is not null then inbox_id end
            as ended_inbox_id
    from {{ ref('int_contact_sessions_deduplicated') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_aggregated') }}

),

contact_waits as (

    select * from {{ ref('int_contact_waits_resolved') }}

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

office_waits as (

    select * from {{ ref('int_office_waits_matched') }}
    where wait = 'queued_to_fulfilled'

),

stacked_rows as (

    select contact_id from {{ ref('int_work_session_rows_resolved') }}
    where outcome = 'set_aside_stacked_outbound'

),

ours as (

    select
        contacts.contact_id,
        contacts.queued_at,
        contacts.fulfilled_at,
        contacts.ended_at,
        contacts.end_status as contact_status,
        contact_references.ended_inbox_id,
        contact_waits.was_due_time_kept as is_within_sla,
        contact_waits.due_to_fulfilled_seconds as sla_overrun_seconds,
        office_waits.business_seconds as queued_to_fulfilled_business_seconds,
        -- Shown without an agent, it had no work; not shown, it is unknown.
        {% for measure in ['handle_seconds', 'after_contact_seconds'] %}
            case
                when
                    contact_work.contact_id is null
                    and contacts.is_in_work_sessions
                    then 0
                else contact_work.{{ measure }}
            end as {{ measure }},
        {% endfor %}
        -- A transfer moves the contact, and its due time with it.
        case
            when not contacts.is_in_contact_export then 'not_in_contact_export'
            when contact_export_report.transfer_count > 0 then 'transferred'
        end as transfer_cause,
        case
            when office_waits.subject_id is null
                then 'business_hours_not_extracted'
            when not office_waits.is_schedule_assigned
                then 'schedule_not_reported'
        end as schedule_cause,
        case
            when not contacts.is_in_work_sessions then 'not_in_work_sessions'
            when stacked_rows.contact_id is not null
                then 'counted_for_stacked_contact'
            when work_session_events.ended_at is null
                then 'open_in_work_sessions'
        end as work_cause,
        case
            when not contacts.is_in_work_sessions then 'not_in_work_sessions'
            when
                work_session_events._captured_at
                = contact_export_report._captured_at
                then null
            else 'captured_at_other_time'
        end as growth_cause
    from contacts
    left join contact_export_report
        on contacts.contact_id = contact_export_report.contact_id
    left join work_session_events
        on contacts.contact_id = work_session_events.contact_id
    left join contact_work on contacts.contact_id = contact_work.contact_id
    left join contact_waits on contacts.contact_id = contact_waits.contact_id
    left join contact_references
        on contacts.contact_id = contact_references.contact_id
    left join office_waits on contacts.contact_id = office_waits.subject_id
    left join stacked_rows on contacts.contact_id = stacked_rows.contact_id

),

compared as (

    {% for measure, report, kind, cause in comparisons %}
        {{ compared_measure('contact_id', measure, report, kind, cause) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from compared
