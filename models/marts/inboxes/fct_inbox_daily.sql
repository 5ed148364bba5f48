{% set day_ends_at = start_of_day('activity_date + interval 1 day') %}
{% set last_at = 'least(' ~ day_ends_at ~ ', as_of)' %}
{% set open_to = 'coalesce(presences.left_at, reporting_moments.as_of)' %}
{# Of a day on which an inbox is unreported: that may be any. #}
{% set unplaced = 'bool_or(contacts.is_unplaced' %}
{% set unknown = "bool_or(days.inbox_id = 'unknown' and " %}
{% set of_day = ') over (partition by days.activity_date)' %}
{% set age = seconds_between('opened_at', last_at) %}

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

presences as (

    select * from {{ ref('int_inbox_presences_sequenced') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- A conversation is repeated for each day at whose end it was open.
open_days as (

    select
        presences.inbox_id,
        presences.opened_at,
        presences.left_at,
        reporting_moments.as_of,
        {{ days_between(
            to_reporting_date('presences.entered_at'),
            to_reporting_date(open_to),
        ) }} as activity_date
    from presences
    cross join reporting_moments

),

backlogs as (

    select
        inbox_id,
        activity_date,
        median({{ age }}) as open_age_median_seconds,
        percentile_cont(0.9) within group (order by {{ age }})
            as open_age_p90_seconds,
        max({{ age }}) as open_age_oldest_seconds
    from open_days
    where left_at is null or left_at >= {{ day_ends_at }}
    group by inbox_id, activity_date

),

joined as (

    select
        {{ hashed_key(['days.inbox_id', 'days.activity_date']) }}
            as inbox_daily_key,
        coalesce(days.inbox_id, '{{ unassigned() }}') as inbox_id,
        days.activity_date,
        -- Captures show that an assignment changed, never that none did.
        {% for moved in [
            'created', 'found_open', 'reopened', 'assigned_in', 'closed',
            'assigned_out', 'merged', 'deleted',
        ] %}
            {{ zero_if_covered(
                'movements.' ~ moved ~ '_count',
                'assignments' if 'assigned' in moved else 'inbox_movements',
                unknown ~ 'movements.' ~ moved ~ '_count > 0' ~ of_day,
            ) }} as {{ moved }}_count,
        {% endfor %}
        {% for age in ['median', 'p90', 'oldest'] %}
            backlogs.open_age_{{ age }}_seconds,
        {% endfor %}
        {% for count in [
            'contacts_queued_count', 'contacts_fulfilled_count',
            'contacts_within_sla_count', 'contacts_ended_count',
            'contacts_abandoned_count', 'contacts_without_work_count',
            'customer_count',
        ] %}
            {{ zero_if_covered(
                'contacts.' ~ count, 'contacts',
                unplaced ~ ' and coalesce(contacts.' ~ count ~ ', 1) > 0'
                ~ of_day ~ ' or contacts.activity_date is not null and'
                ~ ' contacts.' ~ count ~ ' is null' ~ (
                    ' or days.is_fulfilment_unknown'
                    if 'fulfilled' in count or 'sla' in count else ''
                )
            ) }} as {{ count }},
        {% endfor %}
        -- No work on a day is 0 where that of all its contacts is reported.
        {% for measure in ['handle_seconds', 'after_contact_seconds'] %}
            case
                when work.activity_date is not null then work.{{ measure }}
                when {{ unplaced ~ of_day }} then null
                when
                    contacts.activity_date is null
                    or contacts.contacts_without_work_count = 0
                    then {{ zero_if_covered('null', 'work') }}
            end as {{ measure }},
        {% endfor %}
        {{ open_if_covered(
            'movements.open_change', 'days.inbox_id', 'days.activity_date',
            'inbox_movements', unknown ~ 'backlogs.inbox_id is not null' ~ of_day,
        ) }} as open_count
    from days
    left join covered_days on days.activity_date = covered_days.covered_date
    {% for part in ['movements', 'backlogs', 'contacts', 'work'] %}
        left join {{ part }}
            on
                days.inbox_id is not distinct from {{ part }}.inbox_id
                and days.activity_date = {{ part }}.activity_date
    {% endfor %}

)

select * from joined
