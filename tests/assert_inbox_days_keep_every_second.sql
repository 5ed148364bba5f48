with

contacts as (

    select * from {{ ref('fct_contacts') }}
    -- assert_every_work_session_has_a_day lists work without a day.
    where ended_at is not null or queued_at is not null

),

inbox_days as (

    select * from {{ ref('fct_inbox_daily') }}

),

counted as (

    select
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        count(*) filter (where ended_at is not null and handle_seconds is null)
            as contacts_without_work_count
    from contacts

),

counted_by_day as (

    select
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(contacts_without_work_count) as contacts_without_work_count
    from inbox_days

),

lost as (

    select
        counted.*,
        counted_by_day.handle_seconds as handle_seconds_by_day,
        counted_by_day.after_contact_seconds as after_contact_seconds_by_day,
        counted_by_day.contacts_without_work_count
            as contacts_without_work_count_by_day
    from counted
    cross join counted_by_day
    where
        round(coalesce(counted.handle_seconds, 0), 3)
        != round(coalesce(counted_by_day.handle_seconds, 0), 3)
        or round(coalesce(counted.after_contact_seconds, 0), 3)
        != round(coalesce(counted_by_day.after_contact_seconds, 0), 3)
        or counted.contacts_without_work_count
        != coalesce(counted_by_day.contacts_without_work_count, 0)

)

select * from lost
