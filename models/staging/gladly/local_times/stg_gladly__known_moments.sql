with

{{ imported_local_time_reports() }},

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

subjects as (

    select subject_id
    from doubtful_times
    group by subject_id

),

days as (

    select cast(earlier_at as date) as known_date
    from doubtful_times
    union
    select cast(later_at as date) as known_date
    from doubtful_times

),

known as (

    {% for subject, moment, known_at in [
        ('contact_id', 'event_type', 'occurred_at'),
        ('reported_conversation_id', 'event_type', 'occurred_at'),
        ('agent_id', 'event_type', 'agent_occurred_at'),
        ('agent_id', "concat(event_type, '_recorded')", 'occurred_at'),
        ('agent_id', "'agent_status_went_away'", 'went_away_at'),
    ] %}
        select
            {{ subject }} as subject_id,
            {{ moment }} as moment,
            {{ known_at }} as known_at
        from events
        union all
    {% endfor %}

    {% for moment, known_at in [
        ('conversation_created', 'created_at'),
        ('conversation_closed', 'closed_at'),
    ] %}
        select
            reported_conversation_id as subject_id,
            '{{ moment }}' as moment,
            {{ known_at }} as known_at
        from conversations
        union all
    {% endfor %}

    select
        reported_conversation_id as subject_id,
        case changed_to_status
            when 'closed' then 'conversation_closed'
            else content_type
        end as moment,
        occurred_at as known_at
    from conversation_items

    {% for extract, report in local_time_reports().items() %}
        {% for column, moment in report.times.items() %}
            union all
            select
                {{ extract }}.{{ report.subject }} as subject_id,
                {{ moment }} as moment,
                {{ to_utc(
                    extract ~ '.' ~ column, extract ~ '.timezone_filter'
                ) }}
                    as known_at
            from {{ extract }}
            inner join subjects
                on {{ extract }}.{{ report.subject }} = subjects.subject_id
            left join doubtful_times
                on
                    {{ local_time_key(extract, column) }}
                    = doubtful_times.local_time_key
            where doubtful_times.local_time_key is null
        {% endfor %}
    {% endfor %}

),

-- Of the nights in question, each moment once.
wanted as (

    select
        known.subject_id,
        known.moment,
        known.known_at
    from known
    inner join subjects on known.subject_id = subjects.subject_id
    inner join days on cast(known.known_at as date) = days.known_date
    group by known.subject_id, known.moment, known.known_at

)

select * from wanted
