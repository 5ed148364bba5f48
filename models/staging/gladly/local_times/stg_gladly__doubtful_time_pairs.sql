{% set readings = [
    ('earlier', 'earlier'), ('earlier', 'later'),
    ('later', 'earlier'), ('later', 'later'),
] %}

with

{{ imported_local_time_reports() }},

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

doubtful_records as (

    select
        extract_name,
        _extract_file,
        _record_number
    from doubtful_times
    group by extract_name, _extract_file, _record_number

),

stated as (

    {% for extract, report in local_time_reports().items() if report.pairs %}
        {% set is_last_report = loop.last %}
        {% set zone = extract ~ '.timezone_filter' %}
        {% for first, second, seconds, is_ordered in report.pairs %}
            {% set stated = (
                to_seconds(extract ~ '.' ~ seconds) if seconds is string
                else 'cast(' ~ ('null' if seconds is none else seconds)
                ~ ' as double)'
            ) %}
            select
                {{ local_time_key(extract, first) }} as first_time_key,
                {{ local_time_key(extract, second) }} as second_time_key,
                {{ to_utc(extract ~ '.' ~ first, zone) }} as first_at,
                {{ to_utc(extract ~ '.' ~ second, zone) }} as second_at,
                {{ stated }} as stated_seconds,
                {{ is_ordered | lower }} as is_ordered
            from {{ extract }}
            inner join doubtful_records
                on
                    doubtful_records.extract_name = '{{ extract }}'
                    and {{ extract }}._extract_file
                    = doubtful_records._extract_file
                    and {{ extract }}._record_number
                    = doubtful_records._record_number
            {{ 'union all' if not (loop.last and is_last_report) }}
        {% endfor %}
    {% endfor %}

),

-- What is sure is read the same way twice.
read_twice as (

    select
        stated.*,
        coalesce(first_times.earlier_at, stated.first_at) as first_earlier_at,
        coalesce(first_times.later_at, stated.first_at) as first_later_at,
        coalesce(second_times.earlier_at, stated.second_at)
            as second_earlier_at,
        coalesce(second_times.later_at, stated.second_at) as second_later_at
    from stated
    left join doubtful_times as first_times
        on stated.first_time_key = first_times.local_time_key
    left join doubtful_times as second_times
        on stated.second_time_key = second_times.local_time_key
    where
        stated.first_at is not null
        and stated.second_at is not null
        and coalesce(
            first_times.local_time_key, second_times.local_time_key
        ) is not null

),

-- Reports cut times to the minute or second. Readings lie half an hour apart.
compared as (

    select
        *
        {% for first, second in readings %}
            {% set between = seconds_between(
                'first_' ~ first ~ '_at', 'second_' ~ second ~ '_at'
            ) %}
            ,
            coalesce(abs({{ between }} - stated_seconds) <= 90, false)
                as lasts_{{ first }}_{{ second }},
            is_ordered and {{ between }} > -1
                as follows_{{ first }}_{{ second }}
        {% endfor %}
    from read_twice

),

-- Seconds that fit no reading prove nothing, nor does an order none keeps.
weighed as (

    select
        first_time_key,
        second_time_key,
        lasts_earlier_earlier
        or lasts_earlier_later
        or lasts_later_earlier
        or lasts_later_later as is_timed
        {% for first, second in readings %}
            {% set reading = first ~ '_' ~ second %}
            ,
            lasts_{{ reading }},
            follows_{{ reading }}
        {% endfor %}
    from compared
    where
        lasts_earlier_earlier
        or lasts_earlier_later
        or lasts_later_earlier
        or lasts_later_later
        or follows_earlier_earlier
        or follows_earlier_later
        or follows_later_earlier
        or follows_later_later

),

fitting as (

    select
        first_time_key,
        second_time_key,
        case when is_timed then 'duration' else 'order' end as evidence
        {% for first, second in readings %}
            {% set reading = first ~ '_' ~ second %}
            ,
            case
                when is_timed then lasts_{{ reading }}
                else follows_{{ reading }}
            end as fits_{{ reading }}
        {% endfor %}
    from weighed

)

select * from fitting
