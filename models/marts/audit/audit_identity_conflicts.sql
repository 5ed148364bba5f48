with

conflicts as (

    select * from {{ ref('int_merge_conflicts_found') }}

),

keyed as (

    select
        {{ hashed_key([
            'entity', 'absorbed_id', 'surviving_id', 'told_by',
        ]) }} as identity_conflict_key,
        entity,
        absorbed_id as reported_id,
        surviving_id as target_id,
        end_id as target_canonical_id,
        told_by,
        merged_at,
        conflict_type,
        is_chosen
    from conflicts

)

select * from keyed
