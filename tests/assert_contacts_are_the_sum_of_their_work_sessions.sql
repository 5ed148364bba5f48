with

contacts as (

    select * from {{ ref('fct_contacts') }}

),

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

),

exported as (

    select
        contact_id,
        handle_seconds,
        after_contact_seconds
    from {{ ref('stg_gladly__contact_export_report') }}

),

summed as (

    select
        contact_id,
        count(*) as work_session_count,
        count(distinct agent_id) as agent_count,
        case
            when count(handle_seconds) = count(*)
                then round(sum(handle_seconds), 3)
        end as handle_seconds,
        case
            when count(after_contact_seconds) = count(*)
                then round(sum(after_contact_seconds), 3)
        end as after_contact_seconds,
        case
            when count(unknown_seconds) = count(*)
                then round(sum(unknown_seconds), 3)
        end as unknown_seconds
    from work_sessions
    group by contact_id

),

-- What each source has of the contact: the fact must have all of one, and null
-- where neither has anything. Without a session there was no work. Contact
-- Export has no unknown seconds, so they are those of the sessions.
compared as (

    select
        contacts.contact_id,
        contacts.work_session_count,
        summed.work_session_count as summed_work_session_count,
        contacts.agent_count,
        summed.agent_count as summed_agent_count,
        {% for measure in [
            'handle_seconds', 'after_contact_seconds', 'unknown_seconds',
        ] %}
            contacts.{{ measure }},
            case
                {% if measure != 'unknown_seconds' %}
                    when contacts.work_source_extract = 'contact_export_report'
                        then exported.{{ measure }}
                {% endif %}
                when
                    contacts.work_source_extract = 'work_session_events'
                    and summed.contact_id is null
                    then 0
                when contacts.work_source_extract is not null
                    then summed.{{ measure }}
            end as reported_{{ measure }},
        {% endfor %}
        contacts.work_source_extract
    from contacts
    left join summed on contacts.contact_id = summed.contact_id
    left join exported on contacts.contact_id = exported.contact_id

),

unequal as (

    select * from compared
    where
        coalesce(work_session_count, 0)
        != coalesce(summed_work_session_count, 0)
        or coalesce(agent_count, 0) != coalesce(summed_agent_count, 0)
        or handle_seconds is distinct from reported_handle_seconds
        or after_contact_seconds is distinct from reported_after_contact_seconds
        or unknown_seconds is distinct from reported_unknown_seconds
        or (
            work_source_extract is null
            and summed_work_session_count is not null
        )

)

select * from unequal
