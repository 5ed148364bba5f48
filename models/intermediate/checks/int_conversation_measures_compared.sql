{# Measure, and the column that may explain a difference. #}
{% set comparisons = [
    ('contact_count', 'count_cause'),
    ('total_handle_seconds', 'handle_cause'),
] %}

with

contacts_summed as (

    select * from {{ ref('int_conversation_contacts_aggregated') }}

),

conversation_export_report as (

    select
        *,
        reported_conversation_id as conversation_id,
        handle_seconds as total_handle_seconds,
        last_closed_at as ended_at
    from {{ ref('stg_gladly__conversation_export_report') }}

),

contact_owners as (

    select * from {{ ref('int_contact_owners_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_deduplicated') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

contact_facts as (

    select
        contact_owners.conversation_id,
        max(contact_sessions._captured_at) as work_captured_at,
        bool_or(contacts.queued_at > conversation_export_report._captured_at)
            as has_later_contact,
        bool_or(
            not contacts.is_in_work_sessions
            or contact_sessions.contact_ended_at is null
        ) as has_unreported_work
    from contact_owners
    inner join contacts on contact_owners.contact_id = contacts.contact_id
    left join contact_sessions
        on contact_owners.contact_id = contact_sessions.contact_id
    left join conversation_export_report
        on
            contact_owners.conversation_id
            = conversation_export_report.conversation_id
    group by contact_owners.conversation_id

),

ours as (

    select
        contacts_summed.conversation_id,
        case
            when
                contacts_summed.captured_contact_count > 0
                or coverage.is_covered_by_contacts
                or conversation_export_report.contact_count = 0
                then contacts_summed.captured_contact_count
        end as contact_count,
        case
            when
                contacts_summed.captured_contact_count = 0
                and (
                    coverage.is_covered_by_contacts
                    or conversation_export_report.contact_count = 0
                )
                then 0
            else
                round(
                    contacts_summed.handle_seconds
                    + coalesce(contacts_summed.after_contact_seconds, 0),
                    3
                )
        end as total_handle_seconds,
        case
            when contact_facts.has_later_contact then 'captured_earlier'
            when coverage.is_older_than_contacts then 'contacts_not_captured'
        end as count_cause,
        case
            when contact_facts.has_later_contact then 'captured_earlier'
            when coverage.is_older_than_contacts then 'contacts_not_captured'
            when contact_facts.has_unreported_work then 'not_in_work_sessions'
            when
                contact_facts.work_captured_at
                != conversation_export_report._captured_at
                then 'captured_at_other_time'
        end as handle_cause
    from contacts_summed
    inner join conversation_export_report
        on
            contacts_summed.conversation_id
            = conversation_export_report.conversation_id
    left join contact_facts
        on contacts_summed.conversation_id = contact_facts.conversation_id
    left join coverage
        on contacts_summed.conversation_id = coverage.conversation_id

),

compared as (

    {% for measure, cause in comparisons %}
        {{ compared_measure(
            'conversation_id', measure, 'conversation_export_report',
            'number', cause,
        ) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from compared
