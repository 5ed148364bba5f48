{# CTEs that follow edges to their end, doubling the distance at every step, so
   that a chain of any length takes a fixed number of joins. Takes the name of a
   CTE with one edge per id (entity, id, target_id, preference); `followed` has
   entity, id, end_id, hop_count and the smallest preference met on the way. An end that
   is itself an id of an edge lies in a cycle. #}
{% macro follow_edges(edges, doublings=17) -%}
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
