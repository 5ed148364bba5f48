with

addresses as (

    select * from {{ ref('int_shared_addresses_matched') }}

),

two_customers as (

    select * from {{ ref('int_conversation_owners_compared') }}

),

open_together as (

    select * from {{ ref('int_concurrent_conversations_matched') }}

),

two_conversations as (

    select * from {{ ref('int_item_conversations_compared') }}

),

violations as (

    select
        case when address_type = 'email' then 'R02' else 'R03' end as rule_id,
        'customer' as entity,
        customer_id as entity_id,
        concat(
            'one ',
            case
                when address_type = 'email' then 'e-mail address'
                else 'mobile number'
            end,
            ' is on ', cast(customer_count as varchar),
            ' current profiles, among them ', other_customer_id
        ) as detail,
        cast(null as timestamp) as occurred_at
    from addresses

    union all

    select
        'R07' as rule_id,
        'conversation' as entity,
        conversation_id as entity_id,
        concat(
            'reported under ', cast(customer_count as varchar), ' customers,',
            ' among them ', first_customer_id, ' and ', last_customer_id
        ) as detail,
        last_known_at as occurred_at
    from two_customers

    union all

    select
        'R08' as rule_id,
        'conversation' as entity,
        later_conversation_id as entity_id,
        concat(
            'open together with ', earlier_conversation_id,
            ' of the same customer ', reported_customer_id
        ) as detail,
        open_together_from as occurred_at
    from open_together

    union all

    select
        'R14' as rule_id,
        'conversation_item' as entity,
        conversation_item_id as entity_id,
        concat(
            'captured in ', cast(conversation_count as varchar),
            ' conversations, among them ', first_conversation_id, ' and ',
            last_conversation_id
        ) as detail,
        last_captured_at as occurred_at
    from two_conversations

)

select * from violations
