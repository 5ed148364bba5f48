{% set counts = ['contacts_queued_count', 'contacts_offered_count',
    'contacts_accepted_count', 'contacts_fulfilled_count',
    'contacts_with_sla_count', 'contacts_within_sla_count',
    'contacts_ended_count', 'contacts_abandoned_count',
    'contacts_without_work_count', 'speed_of_answer_count',
    'speed_of_answer_seconds'] %}
{% set facts = {'offered': 'offer', 'accepted': 'acceptance',
    'answer': 'acceptance', 'fulfilled': 'fulfilment', '_sla_': 'fulfilment'} %}
{% set unseen = {'_ended_': 'end', 'abandoned': 'end', 'without': 'end',
    'fulfilled': 'fulfilment', '_sla_': 'fulfilment'} %}
{% set work = ['handle_seconds', 'after_contact_seconds'] %}
{% set helpers = ['worked_count', 'most_in_progress_count'] %}
{% set series = ['inbox_id', 'channel', 'direction'] %}
{% set is_any_unplaced = 'bool_or(contact_half_hours.is_unplaced)'
    ' over (partition by cells.half_hour_started_at)' %}

with

contact_half_hours as (

    select * from {{ ref('int_contact_half_hours_aggregated') }}

),

half_hours as (

    select * from {{ ref('dim_half_hours') }}

),

covered_days as (

    select * from {{ ref('int_covered_days_aggregated') }}

),

inbox_days as (

    select * from {{ ref('int_inbox_contacts_aggregated') }}

),

series_days as (

    select
        {{ series | join(', ') }},
        {{ days_between(
            to_reporting_date('min(half_hour_started_at)'),
            to_reporting_date('max(half_hour_started_at)'),
        ) }} as series_date
    from contact_half_hours
    group by {{ series | join(', ') }}

),

cells as (

    select
        {{ series | join(', ') }}, half_hours.half_hour_started_at
    from series_days
    inner join half_hours
        on series_days.series_date = half_hours.half_hour_date
    where half_hours.is_open_anywhere

    union

    select {{ (series + ['half_hour_started_at']) | join(', ') }}
    from contact_half_hours

),

joined as (

    select
        half_hours.*,
        cells.inbox_id, cells.channel, cells.direction,
        inbox_days.has_unseen_end,
        inbox_days.has_unseen_fulfilment,
        {% for subject in ['contacts', 'work'] %}
            cells.half_hour_started_at < covered_days.{{ subject }}_to_at
            and {{ is_any_unplaced }} is not true as has_{{ subject }},
        {% endfor %}
        {% for column in counts + work + helpers %}
            contact_half_hours.{{ column }},
        {% endfor %}
        {% for fact in facts.values() | unique %}
            max(cells.half_hour_started_at) filter (
                where contact_half_hours.has_unknown_{{ fact }}
            ) over () as no_{{ fact }}_until,
        {% endfor %}
        {{ last_known('contact_half_hours.last_in_progress_count') }}
            over (
                partition by cells.inbox_id, cells.channel, cells.direction
                order by cells.half_hour_started_at
            ) as in_progress_count
    from cells
    inner join half_hours
        on cells.half_hour_started_at = half_hours.half_hour_started_at
    left join covered_days
        on half_hours.half_hour_date = covered_days.covered_date
    left join inbox_days
        on
            half_hours.half_hour_date = inbox_days.activity_date
            and coalesce(cells.inbox_id, '') = coalesce(inbox_days.inbox_id, '')
    left join contact_half_hours
        on
            cells.half_hour_started_at = contact_half_hours.half_hour_started_at
            {% for column in series %}
                and coalesce(cells.{{ column }}, '')
                = coalesce(contact_half_hours.{{ column }}, '')
            {% endfor %}

),

completed as (

    select
        {{ hashed_key(series + ['half_hour_started_at']) }}
            as contact_interval_key,
        coalesce(inbox_id, '{{ unassigned() }}') as inbox_id,
        {{ ['channel', 'direction', 'half_hour_started_at',
            'half_hour_ended_at', 'half_hour_date', 'local_time']
            | join(', ') }},
        {% for column in counts %}
            case
                when {{ column }} > 0 then {{ column }}
                when worked_count is not null and {{ column }} is null then null
                {% for word, fact in facts.items() if word in column %}
                    when half_hour_started_at <= no_{{ fact }}_until then null
                {% endfor %}
                {% for word, fact in unseen.items() if word in column %}
                    when has_unseen_{{ fact }} then null
                {% endfor %}
                when has_contacts then 0
            end as {{ column }},
        {% endfor %}
        {% for column in work %}
            case
                when worked_count > 0 then {{ column }}
                when has_work then 0
            end as {{ column }},
        {% endfor %}
        coalesce(most_in_progress_count, case
            when has_contacts then coalesce(in_progress_count, 0)
        end) as most_in_progress_count
    from joined

)

select * from completed
