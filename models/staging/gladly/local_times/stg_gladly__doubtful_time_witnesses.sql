{% set first_of_all = "('conversation_created', 'contact_started')" %}
{% set last_of_all = "('contact_ended')" %}

with

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

known_moments as (

    select * from {{ ref('stg_gladly__known_moments') }}

),

-- Where another extract has a time of the same thing that is sure.
met as (

    select
        doubtful_times.*,
        known_moments.known_at,
        doubtful_times.moment = known_moments.moment as is_same_moment,
        -- A due time is no event.
        known_moments.moment != 'contact_due'
        and doubtful_times.moment != 'contact_due' as is_of_events,
        case
            when
                date_trunc('minute', doubtful_times.local_at)
                = doubtful_times.local_at
                then 60
            else 1
        end as cut_seconds
    from doubtful_times
    inner join known_moments
        on doubtful_times.subject_id = known_moments.subject_id

),

found as (

    {% for side in ['earlier', 'later'] %}
        select
            local_time_key,
            '{{ side }}' as side,
            case
                when abs({{ seconds_between(side ~ '_at', 'known_at') }}) < 1
                    then 'same_moment'
                else 'same_minute'
            end as evidence
        from met
        where
            is_same_moment
            and abs({{ seconds_between(side ~ '_at', 'known_at') }})
            < cut_seconds

        union all
    {% endfor %}

    select
        local_time_key,
        'earlier' as side,
        'moment_order' as evidence
    from met
    where
        moment in {{ first_of_all }}
        and is_of_events
        and known_at >= earlier_at - {{ time_tolerance() }}
        and known_at < later_at - {{ time_tolerance() }}

    union all

    select
        local_time_key,
        'later' as side,
        'moment_order' as evidence
    from met
    where
        moment in {{ last_of_all }}
        and is_of_events
        and known_at > earlier_at + {{ time_tolerance() }}
        and known_at <= later_at + {{ time_tolerance() }}

),

-- Each once, however many extracts have the moment.
each_once as (

    select
        local_time_key,
        side,
        evidence
    from found
    group by local_time_key, side, evidence

)

select * from each_once
