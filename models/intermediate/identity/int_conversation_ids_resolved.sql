with recursive

listed as (

    select * from {{ ref('int_conversation_ids_listed') }}

),

merges as (

    select * from {{ ref('int_conversation_merges_collected') }}

),

-- From the survivors down, so that a cycle of merges is never entered: every
-- absorbed id has one survivor and is reached at most once.
chains as (

    select
        merges.absorbed_conversation_id as reported_conversation_id,
        merges.surviving_conversation_id as conversation_id,
        1 as hop_count
    from merges
    left join merges as onward
        on merges.surviving_conversation_id = onward.absorbed_conversation_id
    where onward.absorbed_conversation_id is null

    union all

    select
        merges.absorbed_conversation_id as reported_conversation_id,
        chains.conversation_id,
        chains.hop_count + 1 as hop_count
    from chains
    inner join merges
        on chains.reported_conversation_id = merges.surviving_conversation_id

),

resolved as (

    select
        listed.reported_conversation_id,
        coalesce(chains.conversation_id, listed.reported_conversation_id)
            as conversation_id,
        coalesce(chains.hop_count, 0) as hop_count
    from listed
    left join chains
        on listed.reported_conversation_id = chains.reported_conversation_id

)

select * from resolved
