with

work_sessions as (

    select
        *,
        {{ to_reporting_date(
            'coalesce(contact_ended_at, contact_created_at)'
        ) }} as activity_date
    from {{ ref('int_work_sessions_deduplicated') }}

),

summed as (

    select
        agent_id,
        activity_date,
        count(*) as work_session_count,
        count(distinct contact_id) as contact_count,
        round(sum(handle_seconds), 3) as handle_seconds,
        round(sum(after_contact_seconds), 3) as after_contact_seconds,
        round(sum(unknown_seconds), 3) as unknown_seconds
    from work_sessions
    group by agent_id, activity_date

)

select * from summed
