with

days as (

    select * from {{ ref('int_inbox_days_allocated') }}

),

movements as (

    select * from {{ ref('int_inbox_movements_aggregated') }}

),

contacts as (

    select * from {{ ref('int_inbox_contacts_aggregated') }}

),

work as (

    select * from {{ ref('int_inbox_work_aggregated') }}

),

covered_days as (

    select * from {{ ref('int_covered_days_aggregated') }}

),

joined as (

    select
        {{ hashed_key(['days.inbox_id', 'days.activity_date']) }}
            as inbox_daily_key,
        days.inbox_id,
        days.activity_date,
        {% for count in [
            'created_count', 'found_open_count', 'reopened_count',
            'assigned_in_count', 'closed_count', 'assigned_out_count',
            'merged_count', 'deleted_count',
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
            'contacts_abandoned_count', 'contacts_without_work_count',
        ] %}
            {{ zero_if_covered(
                'contacts.' ~ count, 'days.activity_date', 'contacts'
            ) }} as {{ count }},
        {% endfor %}
        -- No work on a day is 0 where that of all its contacts is reported.
        {% for measure in ['handle_seconds', 'after_contact_seconds'] %}
            case
                when work.activity_date is not null then work.{{ measure }}
                when coalesce(contacts.contacts_without_work_count, 0) = 0
                    then
                        {{ zero_if_covered(
                            'null', 'days.activity_date', 'work'
                        ) }}
            end as {{ measure }},
        {% endfor %}
        {{ zero_if_covered(
            'contacts.customer_count', 'days.activity_date', 'contacts'
        ) }} as customer_count
    from days
    cross join covered_days
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
