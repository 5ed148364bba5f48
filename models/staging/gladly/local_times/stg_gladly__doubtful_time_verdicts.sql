{# The weightiest evidence first. All kinds are here, for an engine may put one
   without a weight first. #}
{% set weights = [
    'same_moment', 'same_minute', 'capture', 'duration', 'row_order',
    'moment_order', 'alternation', 'order',
] %}

with

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

)

select * from proven
