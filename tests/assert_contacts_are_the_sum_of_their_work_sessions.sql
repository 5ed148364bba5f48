with

contacts as (

    select * from {{ ref('fct_contacts') }}

),

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

),

summed as (

    select
        contact_id,
        count(*) as work_session_count,
        count(distinct agent_id) as agent_count,
        round(sum(handle_seconds), 3) as handle_seconds,
        round(sum(after_contact_seconds), 3) as after_contact_seconds,
        round(sum(unknown_seconds), 3) as unknown_seconds
    from work_sessions
    group by contact_id

),

compared as (

    select
        contacts.contact_id,
        contacts.work_session_count,
        coalesce(summed.work_session_count, 0) as summed_work_session_count,
        contacts.agent_count,
        coalesce(summed.agent_count, 0) as summed_agent_count,
        contacts.handle_seconds,
        coalesce(summed.handle_seconds, 0) as summed_handle_seconds,
        contacts.after_contact_seconds,
        coalesce(summed.after_contact_seconds, 0)
            as summed_after_contact_seconds,
        contacts.unknown_seconds,
        coalesce(summed.unknown_seconds, 0) as summed_unknown_seconds
    from contacts
    left join summed on contacts.contact_id = summed.contact_id

),

unequal as (

    select * from compared
    where
        work_session_count != summed_work_session_count
        or agent_count != summed_agent_count
        or handle_seconds != summed_handle_seconds
        or after_contact_seconds != summed_after_contact_seconds
        or unknown_seconds != summed_unknown_seconds

)

select * from unequal
