with

contacts_summed as (

    select * from {{ ref('int_conversation_contacts_aggregated') }}

),

messages_summed as (

    select * from {{ ref('int_conversation_messages_aggregated') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

-- None captured proves none only when nothing else hints at one: a contact or
-- work that Conversation Export reports, an agent who wrote or who closed it.
weighed as (

    select
        contacts_summed.*,
        case
            when not reports.has_first_contact or reports.contact_count > 0
                then reports.contact_count
        end as reported_contact_count,
        coalesce(messages_summed.has_agent_messages, false)
            as has_agent_messages,
        coalesce(
            coverage.is_covered_by_contacts
            and not coalesce(reports.has_first_contact, false)
            and not coalesce(messages_summed.has_agent_messages, false)
            and coalesce(reports.total_handle_seconds = 0, true)
            and coalesce(
                lifecycles.last_closed_by_type != 'agent',
                not lifecycles.is_closer_unreported,
                true
            ),
            false
        ) as is_covered_without_contact,
        -- The captured ones are all where they reach back to its beginning and
        -- were pulled up to its end, or where nothing newer can be pulled.
        coalesce(
            coverage.is_gone
            or (
                not coverage.is_newer_than_contacts
                and (
                    not coverage.is_older_than_contacts
                    or contacts_summed.first_queued_at
                    <= coverage.began_at + interval 1 minute
                )
            ),
            false
        ) as is_captured_whole,
        coalesce(coverage.is_newer_than_export, false) as is_report_outdated,
        reports.total_handle_seconds as reported_total_handle_seconds
    from contacts_summed
    left join messages_summed
        on
            contacts_summed.conversation_id = messages_summed.conversation_id
    left join reports
        on contacts_summed.conversation_id = reports.conversation_id
    left join lifecycles
        on contacts_summed.conversation_id = lifecycles.conversation_id
    left join coverage
        on contacts_summed.conversation_id = coverage.conversation_id

),

counted as (

    select
        *,
        case
            when
                reported_contact_count > captured_contact_count
                and is_report_outdated
                then null
            when reported_contact_count > captured_contact_count
                then reported_contact_count
            when
                captured_contact_count > 0
                and (
                    (reported_contact_count > 0 and not is_report_outdated)
                    or is_captured_whole
                )
                then captured_contact_count
            when reported_contact_count = 0 and not is_report_outdated then 0
            when is_covered_without_contact then 0
        end as contact_count
    from weighed

),

-- A conversation without contact has had no work; where contacts are missing,
-- so is what they would add to counts and sums.
resolved as (

    select
        conversation_id,
        contact_count,
        contact_count - captured_contact_count as uncaptured_contact_count,
        work_source_extract,
        {% for measure in [
            'inbound_contact_count', 'outbound_contact_count',
            'work_session_count', 'agent_count', 'handle_seconds',
            'after_contact_seconds', 'unknown_seconds',
        ] %}
            case
                when contact_count = 0 then 0
                when contact_count = captured_contact_count
                    then {{ measure }}
            end as {{ measure }},
        {% endfor %}
        contact_count - captured_contact_count
        + coalesce(contact_without_work_count, 0)
            as contact_without_work_count,
        case
            when contact_count = 0 then 0
            when
                contact_count = captured_contact_count
                and handle_seconds + after_contact_seconds is not null
                then round(handle_seconds + after_contact_seconds, 3)
            else reported_total_handle_seconds
        end as total_handle_seconds,
        coalesce(contact_count = 0 and not has_agent_messages, false)
            as is_self_served
    from counted

)

select * from resolved
