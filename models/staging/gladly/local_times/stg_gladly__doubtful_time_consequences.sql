{% set sides = ['earlier', 'later'] %}

with

pairs as (

    select * from {{ ref('stg_gladly__doubtful_time_pairs') }}

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

)

select * from consequences
