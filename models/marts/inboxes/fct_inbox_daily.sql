with

days as (

    select * from {{ ref('int_inbox_days_listed') }}

),

movements as (

    select * from {{ ref('int_inbox_movements_counted') }}

),

contacts as (

    select * from {{ ref('int_inbox_contacts_counted') }}

),

work as (

    select * from {{ ref('int_inbox_work_summed') }}

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
