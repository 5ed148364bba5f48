{% macro default__follow_edges(edges, doublings=17) -%}
distance_0 as (

    select
        entity,
        id,
        target_id as end_id,
        cast(1 as bigint) as hop_count,
        preference
    from {{ edges }}

),

{% for step in range(doublings) -%}
distance_{{ step + 1 }} as (

    select
        nearer.entity,
        nearer.id,
        coalesce(further.end_id, nearer.end_id) as end_id,
        nearer.hop_count + coalesce(further.hop_count, 0) as hop_count,
        least(
            nearer.preference,
            coalesce(further.preference, nearer.preference)
        ) as preference
    from distance_{{ step }} as nearer
    left join distance_{{ step }} as further
        on nearer.entity = further.entity and nearer.end_id = further.id

),

{% endfor -%}
followed as (

    select * from distance_{{ doublings }}

)
{%- endmacro %}
