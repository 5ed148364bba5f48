with

work_sessions as (

    select * from {{ ref('int_work_sessions_selected') }}

),

-- A duration that is blank, or cannot be read, is not 0: a sum is null when no
-- session has it, else of those that have.
summed as (

    select
        contact_id,
        count(*) as work_session_count,
        count(distinct agent_id) as agent_count,
        round(sum(handle_seconds), 3) as handle_seconds,
        round(sum(after_contact_seconds), 3) as after_contact_seconds,
        round(sum(unknown_seconds), 3) as unknown_seconds,
        count(handle_seconds) = count(*) as has_all_handle_seconds,
        count(after_contact_seconds) = count(*)
            as has_all_after_contact_seconds,
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
