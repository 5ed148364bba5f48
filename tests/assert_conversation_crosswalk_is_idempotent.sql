with

conversation_ids as (

    select * from {{ ref('bridge_conversation_ids') }}

),

canonical_ids as (

    select
        reported_conversation_id,
        conversation_id
    from conversation_ids

),

resolved_twice as (

    select
        conversation_ids.reported_conversation_id,
        conversation_ids.conversation_id as resolved_once,
        canonical_ids.conversation_id as resolved_again
    from conversation_ids
    left join canonical_ids
        on
            conversation_ids.conversation_id
            = canonical_ids.reported_conversation_id

),

changed as (

    select * from resolved_twice
    where resolved_again is null or resolved_once != resolved_again

)

select * from changed
