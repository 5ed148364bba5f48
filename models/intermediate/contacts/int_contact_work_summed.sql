with

work_sessions as (

    select * from {{ ref('int_work_sessions_selected') }}

),

summed as (

    select
        contact_id,
        count(*) as work_session_count,
        count(distinct agent_id) as agent_count,
        coalesce(round(sum(handle_seconds), 3), 0) as handle_seconds,
        coalesce(round(sum(after_contact_seconds), 3), 0)
            as after_contact_seconds,
        coalesce(round(sum(unknown_seconds), 3), 0) as unknown_seconds,
        -- Nobody accepts what an agent began.
        min_by(
            coalesce(accepted_inbox_id, inbox_id),
            (
                coalesce(accepted_at, contact_created_at),
                work_session_event_key
            )
        ) as first_inbox_id,
        max_by(
            agent_id,
            (
                coalesce(accepted_at, contact_created_at),
                work_session_event_key
            )
        ) as last_agent_id
    from work_sessions
    group by contact_id

)

select * from summed
