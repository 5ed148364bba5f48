with

conflicts as (

    select * from {{ ref('int_merge_conflicts_compared') }}

),

keyed as (

    select
        {{ hashed_key([
            'entity', 'absorbed_id', 'surviving_id', 'source_extract',
        ]) }} as identity_conflict_key,
        entity,
        absorbed_id as reported_id,
        surviving_id as target_id,
        end_id as target_canonical_id,
        source_extract,
        merged_at,
        conflict_type,
        is_chosen
    from conflicts

)

select * from keyed
