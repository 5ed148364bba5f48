with

work_sessions as (

    select * from {{ ref('int_work_sessions_deduplicated') }}

),

-- A duration that is blank, or cannot be read, is not 0: without it, the sum is
-- unknown.
summed as (

    select
        contact_id,
        count(*) as work_session_count,
        count(distinct agent_id) as agent_count,
        {% for measure in [
            'handle_seconds', 'after_contact_seconds', 'unknown_seconds',
        ] %}
            case
                when count({{ measure }}) = count(*)
                    then round(sum({{ measure }}), 3)
            end as {{ measure }},
        {% endfor %}
        -- No agent accepts what an agent began.
        min_by(
            coalesce(accepted_inbox_id, inbox_id),
            (
                coalesce(accepted_at, contact_created_at),
                work_session_event_key
            )
        ) filter (where coalesce(accepted_inbox_id, inbox_id) is not null)
            as first_inbox_id,
        max_by(
            agent_id,
            (
                coalesce(accepted_at, contact_created_at),
                work_session_event_key
            )
        ) filter (
            where
            agent_id is not null
            and (accepted_at is not null or direction = 'outbound')
        ) as last_agent_id
    from work_sessions
    group by contact_id

)

select * from summed
