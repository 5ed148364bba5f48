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

),

joined as (

    select
        {{ hashed_key(['days.inbox_id', 'days.activity_date']) }}
            as inbox_daily_key,
        days.inbox_id,
        days.activity_date,
        {% for count in [
            'created_count', 'reopened_count', 'assigned_in_count',
            'closed_count', 'assigned_out_count', 'merged_count',
            'deleted_count',
        ] %}
            coalesce(movements.{{ count }}, 0) as {{ count }},
        {% endfor %}
        cast(
            coalesce(
                sum(movements.open_change) over (
                    partition by days.inbox_id order by days.activity_date
                ),
                0
            ) as bigint
        ) as open_count,
        {% for count in [
            'contacts_queued_count', 'contacts_fulfilled_count',
            'contacts_within_sla_count', 'contacts_ended_count',
            'contacts_abandoned_count',
        ] %}
            coalesce(contacts.{{ count }}, 0) as {{ count }},
        {% endfor %}
        coalesce(work.handle_seconds, 0) as handle_seconds,
        coalesce(work.after_contact_seconds, 0) as after_contact_seconds,
        coalesce(contacts.customer_count, 0) as customer_count
    from days
    left join movements
        on
            days.inbox_id is not distinct from movements.inbox_id
            and days.activity_date = movements.activity_date
    left join contacts
        on
            days.inbox_id is not distinct from contacts.inbox_id
            and days.activity_date = contacts.activity_date
    left join work
        on
            days.inbox_id is not distinct from work.inbox_id
            and days.activity_date = work.activity_date

)

select * from joined
