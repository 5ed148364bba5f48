{% set subjects = [
    'contacts', 'work', 'work_sessions', 'items', 'closings', 'topics',
    'inbox_movements', 'assignments',
] %}

with

stretches as (

    select * from {{ ref('int_covered_stretches_sequenced') }}

),

days as (

    select
        subject,
        to_date,
        to_at,
        {{ days_between('from_date', 'reached_date') }} as covered_date
    from stretches

),

aggregated as (

    select
        covered_date,
        {% for subject in subjects %}
            {% set of_subject = "filter (where subject = '" ~ subject ~ "')" %}
            coalesce(bool_or(covered_date <= to_date) {{ of_subject }}, false)
                as covers_{{ subject }},
        {% endfor %}
        max(to_at) filter (where subject = 'contacts') as contacts_to_at,
        max(to_at) filter (where subject = 'work') as work_to_at
    from days
    group by covered_date

)

select * from aggregated
