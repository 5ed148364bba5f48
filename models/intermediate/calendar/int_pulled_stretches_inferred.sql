{# What Conversation Timestamps reports in columns that a file can lack. #}
{% set parts = {
    'conversation_topics': ['topic_id'],
    'conversation_assignments': ['newly_assigned_inbox_id'],
    'conversation_inboxes': ['newly_assigned_inbox_id', 'assigned_inbox_id'],
    'conversation_actors': ['initiator_type'],
} %}

with

pulls as (

    select * from {{ ref('int_pulls_dated') }}
    where extract_name != 'events'

),

lacking as (

    {% for part, columns in parts.items() %}
        select
            '{{ part }}' as part_name,
            extract_file
        from {{ ref('stg_gladly__extract_files') }}
        where
            concat(',', missing_fields, ',') like '%,conversation_id,%'
            {% for column in columns %}
                or concat(',', missing_fields, ',') like '%,{{ column }},%'
            {% endfor %}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

file_days as (

    select * from {{ ref('int_file_days_aggregated') }}

),

item_windows as (

    select * from {{ ref('int_item_windows_sequenced') }}

),

-- Pulled in the evening, the day is understood to be whole. Of all extracts
-- only export jobs say which time they were asked for; a minute, for windows
-- that end a millisecond before the next begins.
reaching as (

    {% for part in [none] + parts | list %}
        select
            {{ "'" ~ part ~ "'" if part else 'extract_name' }} as extract_name,
            pulled_from,
            pulled_to,
            pulled_from - interval 12 hours as begins_at
        from pulls
        {% if part %}
            where
                extract_name = 'conversation_timestamps_report'
                and extract_file not in (
                    select extract_file from lacking
                    where part_name = '{{ part }}'
                )
        {% endif %}

        union all
    {% endfor %}

    select
        'conversation_items' as extract_name,
        window_start_at as pulled_from,
        window_end_at as pulled_to,
        window_start_at - interval 1 minute as begins_at
    from item_windows

),

{{ join_stretches(
    'reaching', 'extract_name', 'begins_at', 'pulled_to', 'begins_at'
) }},

stretches as (

    select
        extract_name,
        stretch_number,
        min(pulled_from) as pulled_from,
        max(pulled_to) as pulled_to,
        {{ seconds_between('min(pulled_from)', 'max(pulled_to)') }} as seconds
    from numbered
    group by extract_name, stretch_number

),

recorded as (

    select
        extract_name,
        count(distinct moment_date) as day_count
    from file_days
    group by extract_name

),

-- A day between two files was quiet, or was not asked for: the latter where
-- hardly a day within files has no record. Between two jobs it was not; nor is
-- what a file in between lacks a column for.
compared as (

    select
        stretches.extract_name,
        coalesce(
            stretches.extract_name = 'conversation_items'
            or stretches.extract_name in (select part_name from lacking)
            or recorded.day_count >= 7
            and recorded.day_count >= 0.9 * sum(stretches.seconds) / 86400,
            false
        ) as is_asked_daily
    from stretches
    inner join recorded
        on
            case
                {% for part in parts %}
                    when stretches.extract_name = '{{ part }}'
                        then 'conversation_timestamps_report'
                {% endfor %}
                else stretches.extract_name
            end = recorded.extract_name
    group by stretches.extract_name, recorded.day_count

),

inferred as (

    select
        stretches.extract_name,
        min(stretches.pulled_from) as pulled_from,
        max(stretches.pulled_to) as pulled_to
    from stretches
    inner join compared on stretches.extract_name = compared.extract_name
    group by
        stretches.extract_name,
        case when compared.is_asked_daily then stretches.stretch_number end

)

select * from inferred
