with

contact_measures as (

    select * from {{ ref('int_contact_measures_compared') }}

),

conversation_measures as (

    select * from {{ ref('int_conversation_measures_compared') }}

),

contact_messages as (

    select * from {{ ref('int_contact_messages_compared') }}

),

conversation_histories as (

    select * from {{ ref('int_conversation_histories_compared') }}

),

compared as (

    select
        'contact' as entity,
        *
    from contact_measures

    union all

    select
        'contact' as entity,
        *
    from contact_messages

    union all

    select
        'conversation' as entity,
        *
    from conversation_measures

    union all

    select
        'conversation' as entity,
        *
    from conversation_histories

),

judged as (

    select
        {{ hashed_key(['entity', 'entity_id', 'measure', 'source_extract']) }}
            as reconciliation_key,
        entity,
        entity_id,
        measure,
        source_extract,
        our_value,
        gladly_value,
        difference,
        case
            when is_equal then 'equal'
            when possible_cause is not null then 'explained'
            else 'unexplained'
        end as verdict,
        case when is_equal then null else possible_cause end as known_cause
    from compared

)

select * from judged
