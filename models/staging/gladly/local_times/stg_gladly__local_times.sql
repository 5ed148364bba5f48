{# How often what is decided may decide its neighbours. #}
{% set rounds = 4 %}
{% set last = 'round_' ~ rounds %}

with

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

verdicts as (

    select * from {{ ref('stg_gladly__doubtful_time_verdicts') }}

),

consequences as (

    select * from {{ ref('stg_gladly__doubtful_time_consequences') }}

),

sequences as (

    select * from {{ ref('stg_gladly__doubtful_time_sequences') }}

),

round_0 as (

    select
        doubtful_times.local_time_key,
        {{ hashed_key([
            'doubtful_times.subject_id', 'doubtful_times.moment',
            "date_trunc('second', doubtful_times.later_at)",
        ]) }} as moment_key,
        coalesce(sequences.sequence_key, doubtful_times.local_time_key)
            as sequence_key,
        sequences.place,
        verdicts.side
    from doubtful_times
    left join sequences
        on doubtful_times.local_time_key = sequences.local_time_key
    left join verdicts
        on doubtful_times.local_time_key = verdicts.local_time_key

),

{% for number in range(1, rounds + 1) %}
    {% set known, paired = 'round_' ~ (number - 1), 'paired_' ~ number %}
    paired_{{ number }} as (

        select
            consequences.local_time_key,
            max(consequences.side) as side
        from consequences
        inner join {{ known }}
            on
                consequences.from_time_key = {{ known }}.local_time_key
                and consequences.from_side = {{ known }}.side
        group by consequences.local_time_key
        having min(consequences.side) = max(consequences.side)

    ),

    neighboured_{{ number }} as (

        select
            {{ known }}.*,
            {{ paired }}.side as paired_side,
            min({{ known }}.side)
                over (partition by {{ known }}.moment_key) as least_side,
            max({{ known }}.side)
                over (partition by {{ known }}.moment_key) as most_side,
            count(*) filter (where {{ known }}.side = 'later') over (
                partition by {{ known }}.sequence_key
                order by {{ known }}.place, {{ known }}.local_time_key
                rows between unbounded preceding and current row
            ) as later_before_count,
            count(*) filter (where {{ known }}.side = 'earlier') over (
                partition by {{ known }}.sequence_key
                order by {{ known }}.place, {{ known }}.local_time_key
                rows between current row and unbounded following
            ) as earlier_after_count
        from {{ known }}
        left join {{ paired }}
            on {{ known }}.local_time_key = {{ paired }}.local_time_key

    ),

    round_{{ number }} as (

        select
            local_time_key,
            moment_key,
            sequence_key,
            place,
            case
                when side is not null then side
                when paired_side is not null then paired_side
                when least_side = most_side then least_side
                when later_before_count > 0 and earlier_after_count = 0
                    then 'later'
                when earlier_after_count > 0 and later_before_count = 0
                    then 'earlier'
            end as side
        from neighboured_{{ number }}

    ),

{% endfor %}

-- What nothing decides is read as before: as the later of the two.
decided as (

    select
        doubtful_times.local_time_key,
        doubtful_times.extract_name,
        doubtful_times._extract_file,
        doubtful_times._record_number,
        doubtful_times.column_name,
        doubtful_times.is_repeated,
        doubtful_times.local_at,
        doubtful_times.earlier_at,
        doubtful_times.later_at,
        case
            when {{ last }}.side = 'earlier' then doubtful_times.earlier_at
            else doubtful_times.later_at
        end as decided_at,
        case
            when verdicts.side is not null then verdicts.decided_by
            when {{ last }}.side is not null then 'neighbour'
            else 'undecided'
        end as decided_by
    from doubtful_times
    inner join {{ last }}
        on doubtful_times.local_time_key = {{ last }}.local_time_key
    left join verdicts
        on doubtful_times.local_time_key = verdicts.local_time_key

)

select * from decided
