with

customer_mentions as (

    select * from {{ ref('stg_gladly__customer_mentions') }}

),

-- Reports of past events name the absorbed ones, too.
conversation_mentions as (

    select * from {{ ref('stg_gladly__conversation_mentions') }}
    where
        extract_name not in (
            'conversation_timestamps_report', 'contact_timestamps_report'
        )

),

proven as (

    select
        'customer' as entity,
        reported_customer_id as id,
        max(last_captured_at) as last_alive_at
    from customer_mentions
    where is_proof_of_life
    group by reported_customer_id

    union all

    select
        'conversation' as entity,
        reported_conversation_id as id,
        max(last_captured_at) as last_alive_at
    from conversation_mentions
    where is_proof_of_life
    group by reported_conversation_id

)

select * from proven
