with

mentions as (

    select * from {{ ref('stg_gladly__conversation_mentions') }}

),

captured as (

    select
        reported_conversation_id,
        max(last_captured_at) filter (
            where
            is_proof_of_life
            and extract_name != 'conversation_timestamps_report'
            and extract_name != 'contact_timestamps_report'
        ) as last_apart_at,
        min(first_captured_at) filter (
            where
            extract_name = 'conversation_export_report'
            and not is_proof_of_life
        ) as first_merged_at
    from mentions
    group by reported_conversation_id

)

select * from captured
