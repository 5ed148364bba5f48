with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_deduplicated') }}

),

contact_events as (

    select * from {{ ref('int_contact_moments_aggregated') }}

),

matched_references as (

    select * from {{ ref('int_contact_references_matched') }}

),

-- An id that an event names is firmer than a name that fits none. What Work
-- Sessions suggests is not: it may be of another moment.
resolved as (

    select
        contact_id,
        reference,
        coalesce(
            matched_id,
            reported_id,
            case when match_status = 'not_printed' then likely_id end,
            'unknown'
        ) as entity_id
    from matched_references

),

pivoted as (

    select
        contact_id,
        max(entity_id) filter (where reference = 'queued_inbox')
            as queued_inbox_id,
        max(entity_id) filter (where reference = 'ended_inbox')
            as ended_inbox_id,
        max(entity_id) filter (where reference = 'ended_agent')
            as ended_agent_id
    from resolved
    group by contact_id

),

-- A column that is there and blank says that the contact has no inbox.
joined as (

    select
        contacts.contact_id,
        pivoted.queued_inbox_id,
        pivoted.ended_inbox_id,
        pivoted.ended_agent_id,
        coalesce(
            pivoted.ended_inbox_id,
            pivoted.queued_inbox_id,
            contact_events.fulfilled_inbox_id
        ) as last_inbox_id,
        coalesce(contact_export.is_queued_inbox_reported, false)
        or coalesce(contact_sessions.is_inbox_reported, false)
            as is_inbox_reported
    from contacts
    left join pivoted on contacts.contact_id = pivoted.contact_id
    left join contact_export on contacts.contact_id = contact_export.contact_id
    left join contact_sessions
        on contacts.contact_id = contact_sessions.contact_id
    left join contact_events on contacts.contact_id = contact_events.contact_id

),

-- Sums count a contact of no reported inbox in the unknown one, not in none.
counted as (

    select
        contact_id,
        queued_inbox_id,
        ended_inbox_id,
        ended_agent_id,
        {% for inbox in ['queued', 'last'] %}
            case
                when {{ inbox }}_inbox_id is null and not is_inbox_reported
                    then 'unknown'
                else {{ inbox }}_inbox_id
            end as counted_{{ inbox }}_inbox_id,
        {% endfor %}
        queued_inbox_id is null
        and not is_inbox_reported as is_inbox_unreported
    from joined

)

select * from counted
