with

work_sessions as (

    select
        *,
        coalesce(contact_ended_at, contact_created_at) as anchored_at
    from {{ ref('int_work_sessions_selected') }}

),

summed as (

    select
        inbox_id,
        {{ to_reporting_date('anchored_at') }} as activity_date,
        coalesce(round(sum(handle_seconds), 3), 0) as handle_seconds,
        coalesce(round(sum(after_contact_seconds), 3), 0)
            as after_contact_seconds
    from work_sessions
    -- assert_every_work_session_has_a_day lists those without.
    where anchored_at is not null
    group by inbox_id, activity_date

)

select * from summed
