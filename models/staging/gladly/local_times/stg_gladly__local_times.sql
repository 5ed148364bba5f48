{# The weightiest evidence first. #}
{% set weights = [
    'same_moment', 'same_minute', 'capture', 'duration', 'row_order',
    'moment_order', 'alternation',
] %}
{% set sides = ['earlier', 'later'] %}
{# How often what is decided may decide its neighbours. #}
{% set rounds = 4 %}

with

doubtful_times as (

    select * from {{ ref('stg_gladly__doubtful_times') }}

),

proofs as (

    select
        *,
        case evidence
            {% for weight in weights %}
                when '{{ weight }}' then {{ loop.index }}
            {% endfor %}
        end as weight
    from {{ ref('stg_gladly__doubtful_time_proofs') }}

),

pairs as (

    select * from {{ ref('stg_gladly__doubtful_time_pairs') }}

),

sequences as (

    select * from {{ ref('stg_gladly__doubtful_time_sequences') }}

),

weightiest as (

    select * from proofs
    qualify rank() over (partition by local_time_key order by weight) = 1

),

proven as (

    select
        local_time_key,
        max(side) as side,
        max(evidence) as decided_by
    from weightiest
    group by local_time_key
    having min(side) = max(side)

),

-- Once one time of a pair is decided, only one reading of the other may fit.
consequences as (

    {% for side in sides %}
        {% for other, opposite in [sides, sides | reverse | list] %}
            select
                first_time_key as from_time_key,
                '{{ side }}' as from_side,
                second_time_key as local_time_key,
                '{{ other }}' as side
            from pairs
            where
                fits_{{ side }}_{{ other }}
                and not fits_{{ side }}_{{ opposite }}
            union all
            select
                second_time_key as from_time_key,
                '{{ side }}' as from_side,
                first_time_key as local_time_key,
                '{{ other }}' as side
            from pairs
            where
                fits_{{ other }}_{{ side }}
                and not fits_{{ opposite }}_{{ side }}
            {{ 'union all' if not loop.last }}
        {% endfor %}
        {{ 'union all' if not loop.last }}
    {% endfor %}

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
        sequences.position,
        proven.side,
        proven.decided_by
    from doubtful_times
    left join sequences
        on doubtful_times.local_time_key = sequences.local_time_key
    left join proven
        on doubtful_times.local_time_key = proven.local_time_key

),

{% for number in range(1, rounds + 1) %}
    paired_{{ number }} as (

        select
            consequences.local_time_key,
            max(consequences.side) as side
        from consequences
        inner join round_{{ number - 1 }} as known
            on
                consequences.from_time_key = known.local_time_key
                and consequences.from_side = known.side
        group by consequences.local_time_key
        having min(consequences.side) = max(consequences.side)

    ),

    neighboured_{{ number }} as (

        select
            known.*,
            paired.side as paired_side,
            min(known.side) over (partition by known.moment_key) as least_side,
            max(known.side) over (partition by known.moment_key) as most_side,
            count(*) filter (where known.side = 'later') over (
                partition by known.sequence_key
                order by known.position, known.local_time_key
                rows between unbounded preceding and current row
            ) as later_before_count,
            count(*) filter (where known.side = 'earlier') over (
                partition by known.sequence_key
                order by known.position, known.local_time_key
                rows between current row and unbounded following
            ) as earlier_after_count
        from round_{{ number - 1 }} as known
        left join paired_{{ number }} as paired
            on known.local_time_key = paired.local_time_key

    ),

    sided_{{ number }} as (

        select
            *,
            case
                when side is not null then side
                when paired_side is not null then paired_side
                when least_side = most_side then least_side
                when later_before_count > 0 and earlier_after_count = 0
                    then 'later'
                when earlier_after_count > 0 and later_before_count = 0
                    then 'earlier'
            end as new_side
        from neighboured_{{ number }}

    ),

    round_{{ number }} as (

        select
            local_time_key,
            moment_key,
            sequence_key,
            position,
            new_side as side,
            case
                when side is null and new_side is not null then 'neighbour'
                else decided_by
            end as decided_by
        from sided_{{ number }}

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
            when known.side = 'earlier' then doubtful_times.earlier_at
            else doubtful_times.later_at
        end as decided_at,
        coalesce(known.decided_by, 'undecided') as decided_by
    from doubtful_times
    inner join round_{{ rounds }} as known
        on doubtful_times.local_time_key = known.local_time_key

)

select * from decided
