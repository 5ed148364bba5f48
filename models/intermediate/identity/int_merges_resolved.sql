with

chosen as (

    select * from {{ ref('int_merges_deduplicated') }}

),

edges as (

    select
        entity,
        absorbed_id as id,
        surviving_id as target_id,
        0 as preference
    from chosen
    where not is_end_of_cycle

),

{{ follow_edges('edges') }},

ends as (

    select
        entity,
        id as absorbed_id,
        end_id as canonical_id,
        hop_count
    from followed

)

select * from ends
