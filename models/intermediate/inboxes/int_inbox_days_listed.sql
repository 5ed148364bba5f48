with

movements as (

    select * from {{ ref('int_inbox_movements_counted') }}

),

contacts as (

    select * from {{ ref('int_inbox_contacts_counted') }}

),

work as (

    select * from {{ ref('int_inbox_work_summed') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_determined') }}

),

still_open as (

    select inbox_id
    from movements
    group by inbox_id
    having sum(open_change) > 0

),

-- To the last activity, and to now while conversations are open in the inbox.
activities as (

    select
        inbox_id,
        activity_date
    from movements
    union all
    select
        inbox_id,
        activity_date
    from contacts
    union all
    select
        inbox_id,
        activity_date
    from work
    union all
    select
        still_open.inbox_id,
        reporting_moments.as_of_date as activity_date
    from still_open
    cross join reporting_moments

),

spans as (

    select
        inbox_id,
        min(activity_date) as first_date,
        max(activity_date) as last_date
    from activities
    group by inbox_id

),

days as (

    select
        inbox_id,
        {{ days_between('first_date', 'last_date') }} as activity_date
    from spans

)

select * from days
