{# Spark writes a CTE out wherever it is read: seventeen doublings would be 2^17
   copies of a plan. It walks step by step instead, once around a cycle. #}
{% macro spark__follow_edges(edges, doublings=17) -%}
followed as (

    with recursive

    walked (entity, id, end_id, hop_count, preference, passed_ids) as (

        select
            entity,
            id,
            target_id as end_id,
            cast(1 as bigint) as hop_count,
            preference,
            array(id) as passed_ids
        from {{ edges }}

        union all

        select
            walked.entity,
            walked.id,
            further.target_id as end_id,
            walked.hop_count + 1 as hop_count,
            least(walked.preference, further.preference) as preference,
            array_append(walked.passed_ids, walked.end_id) as passed_ids
        from walked
        inner join {{ edges }} as further
            on walked.entity = further.entity and walked.end_id = further.id
        where not array_contains(walked.passed_ids, walked.end_id)

    )

    select
        entity,
        id,
        max_by(end_id, hop_count) as end_id,
        max(hop_count) as hop_count,
        min(preference) as preference
    from walked
    group by entity, id

)
{%- endmacro %}
