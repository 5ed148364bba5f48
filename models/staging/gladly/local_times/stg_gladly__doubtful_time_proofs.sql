{% set first_of_all = "('conversation_created', 'contact_started')" %}
{% set last_of_all = "('contact_ended')" %}

with

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

witnesses as (

    select * from {{ ref('stg_gladly__doubtful_time_witnesses') }}

),

pairs as (

    select * from {{ ref('stg_gladly__doubtful_time_pairs') }}

),

sequences as (

    select * from {{ ref('stg_gladly__doubtful_time_sequences') }}
    where side is not null

),

alternations as (

    select * from {{ ref('stg_gladly__doubtful_time_alternations') }}

),

-- What comes first or last among times that are all in doubt.
spanned as (

    select
        *,
        min(local_at) over (partition by subject_id, changed_at) as first_at,
        max(local_at) over (partition by subject_id, changed_at) as last_at,
        min(local_at) filter (where moment in {{ first_of_all }})
            over (partition by subject_id, changed_at) as begun_at,
        max(local_at) filter (where moment in {{ last_of_all }})
            over (partition by subject_id, changed_at) as ended_at
    from doubtful_times
    where moment != 'contact_due' and is_repeated

),

found as (

    {% for side, other in [('earlier', 'later'), ('later', 'earlier')] %}
        select
            first_time_key as local_time_key,
            '{{ side }}' as side,
            evidence
        from pairs
        where not fits_{{ other }}_earlier and not fits_{{ other }}_later

        union all

        select
            second_time_key as local_time_key,
            '{{ side }}' as side,
            evidence
        from pairs
        where not fits_earlier_{{ other }} and not fits_later_{{ other }}

        union all
    {% endfor %}

    select
        local_time_key,
        side,
        evidence
    from witnesses

    union all

    select
        local_time_key,
        case
            when local_at < begun_at or moment in {{ last_of_all }} then 'later'
            else 'earlier'
        end as side,
        'moment_order' as evidence
    from spanned
    where
        local_at < begun_at
        or local_at > ended_at
        or (moment in {{ first_of_all }} and first_at < begun_at)
        or (moment in {{ last_of_all }} and last_at > ended_at)

    union all

    -- What a report shows had happened when it was captured.
    select
        local_time_key,
        'earlier' as side,
        'capture' as evidence
    from doubtful_times
    where
        moment != 'contact_due'
        and earlier_at <= _captured_at
        and later_at > _captured_at

    union all

    select
        local_time_key,
        side,
        'row_order' as evidence
    from sequences

    union all

    select
        local_time_key,
        side,
        'alternation' as evidence
    from alternations

),

-- Of the two times of a pair one may be sure.
each_once as (

    select
        found.local_time_key,
        found.side,
        found.evidence
    from found
    inner join doubtful_times
        on found.local_time_key = doubtful_times.local_time_key
    group by found.local_time_key, found.side, found.evidence

)

select * from each_once
