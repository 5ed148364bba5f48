with

work as (

    select * from {{ ref('int_contact_work_unioned') }}

),

summed as (

    select
        inbox_id,
        {{ to_reporting_date('anchored_at') }} as activity_date,
        round(sum(handle_seconds), 3) as handle_seconds,
        round(sum(after_contact_seconds), 3) as after_contact_seconds
    from work
    -- assert_every_work_session_has_a_day lists those without.
    where anchored_at is not null
    group by inbox_id, activity_date

)

select * from summed
