with

mentions as (

    select * from {{ ref('stg_gladly__conversation_mentions') }}

),

proofs_of_life as (

    select * from {{ ref('int_ids_alive_dated') }}
    where entity = 'conversation'

),

owners as (

    select * from {{ ref('int_conversation_customers_unioned') }}

),

called_merged as (

    select
        reported_conversation_id,
        min(first_captured_at) filter (
            where
            extract_name = 'conversation_export_report'
            and not is_proof_of_life
        ) as first_merged_at
    from mentions
    group by reported_conversation_id

),

-- Nothing is reported of it any more once it is absorbed.
last_reported as (

    select
        reported_conversation_id,
        max(last_known_at) as last_reported_at
    from owners
    where not is_recomputed
    group by reported_conversation_id

),

bracketed as (

    select
        called_merged.reported_conversation_id,
        proofs_of_life.last_alive_at as last_apart_at,
        last_reported.last_reported_at,
        called_merged.first_merged_at
    from called_merged
    left join proofs_of_life
        on called_merged.reported_conversation_id = proofs_of_life.id
    left join last_reported
        on
            called_merged.reported_conversation_id
            = last_reported.reported_conversation_id

)

select * from bracketed
