with

movements as (

    select * from {{ ref('int_inbox_movements_aggregated') }}

),

assignments as (

    select
        inbox_id,
        lead(is_beginning_reported, 1, true) over (
            partition by reported_conversation_id
            order by sequence_number
        ) as is_end_reported
    from {{ ref('int_conversation_assignments_sequenced') }}

),

contacts as (

    select * from {{ ref('int_inbox_contacts_aggregated') }}

),

work as (

    select * from {{ ref('int_inbox_work_aggregated') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

still_open as (

    select inbox_id
    from movements
    group by inbox_id
    having sum(open_change) > 0

),

left_unreported as (

    select inbox_id
    from assignments
    where not is_end_reported
    group by inbox_id

),

-- To the last activity, and to now while conversations are open in the inbox;
-- also where one left by the word of a later capture or event alone: that the
-- inbox has none since is then said, not left out.
known_to_now as (

    select inbox_id from still_open
    union
    select movements.inbox_id
    from movements
    inner join left_unreported
        on movements.inbox_id = left_unreported.inbox_id

),

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
    where has_moments or is_unplaced
    union all
    select
        inbox_id,
        activity_date
    from work
    union all
    select
        known_to_now.inbox_id,
        reporting_moments.as_of_date as activity_date
    from known_to_now
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

),

fulfilments as (

    select max(activity_date) as unknown_until
    from contacts
    where has_unknown_fulfilment

),

completed as (

    select
        days.*,
        coalesce(days.activity_date <= fulfilments.unknown_until, false)
            as is_fulfilment_unknown
    from days
    cross join fulfilments

)

select * from completed
