{# Subject of a daily measure, and the extracts that report it; closings with
   who did it. #}
{% set subjects = {
    'contacts': [
        'contact_export_report', 'work_session_events',
        'contact_timestamps_report', 'events',
    ],
    'work': ['contact_export_report', 'work_session_events'],
    'work_sessions': ['work_session_events'],
    'items': ['conversation_items'],
    'agent_statuses': ['agent_timestamps_report'],
    'closings': ['conversation_actors', 'events', 'conversation_items'],
    'topics': ['conversation_topics', 'events', 'conversation_items'],
    'inbox_movements': [
        'conversation_export_report', 'conversation_inboxes', 'events',
    ],
    'assignments': ['conversation_assignments', 'events'],
} %}

with

pulled_stretches as (

    select * from {{ ref('int_pulled_stretches_inferred') }}

),

event_pulls as (

    select * from {{ ref('int_pulls_dated') }}
    where extract_name = 'events'

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- A daily pull of events may be an hour late.
pulls as (

    select
        extract_name,
        pulled_from as first_at,
        pulled_from,
        pulled_from as begins_at,
        pulled_to
    from pulled_stretches

    union all

    select
        extract_name,
        coalesce(first_moment_at, pulled_to) as first_at,
        pulled_from,
        pulled_from - interval 1 hour as begins_at,
        pulled_to
    from event_pulls

),

of_subjects as (

    {% for subject, names in subjects.items() %}
        {% set named = names | join("', '") %}
        {% set is_reported = "extract_name in ('" ~ named ~ "')" %}
        select
            '{{ subject }}' as subject,
            pulls.*
        from pulls
        where {{ is_reported }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

{{ join_stretches(
    'of_subjects', 'subject', 'begins_at', 'pulled_to', 'begins_at'
) }},

-- The day of the first moment is covered; after a pause the first that begins
-- not more than an hour before a pull does.
aggregated as (

    select
        subject,
        stretch_number,
        case
            when stretch_number = 1
                then {{ to_reporting_date('min(first_at)') }}
            else cast(
                {{ to_reporting_date(
                    '(min(pulled_from) - interval 3600001 milliseconds)'
                ) }} + interval 1 day as date
            )
        end as from_date,
        {{ to_reporting_date('max(pulled_to)') }} as reached_date,
        max(pulled_to) as to_at
    from numbered
    group by subject, stretch_number

),

-- The day within which they end is unknown; of today it is understood.
sequenced as (

    select
        aggregated.subject,
        aggregated.stretch_number,
        aggregated.from_date,
        case
            when aggregated.reached_date < reporting_moments.as_of_date
                then cast(aggregated.reached_date - interval 1 day as date)
            else aggregated.reached_date
        end as to_date,
        aggregated.reached_date,
        aggregated.to_at
    from aggregated
    cross join reporting_moments

)

select * from sequenced
