with

addresses as (

    select * from {{ ref('int_shared_addresses_matched') }}

),

open_together as (

    select * from {{ ref('int_concurrent_conversations_matched') }}

),

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

observed as (

    select * from {{ ref('int_conversation_customers_unioned') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

owners as (

    select
        conversation_ids.conversation_id,
        customer_ids.customer_id,
        max(observed.last_known_at) as last_known_at
    from observed
    inner join conversation_ids
        on
            observed.reported_conversation_id
            = conversation_ids.reported_conversation_id
    inner join customer_ids
        on observed.reported_customer_id = customer_ids.reported_customer_id
    group by conversation_ids.conversation_id, customer_ids.customer_id

),

-- Only ids with several copies can be in two conversations.
moved as (

    select
        conversation_item_id,
        reported_conversation_id,
        max(_captured_at) as last_captured_at
    from item_copies
    where reported_conversation_id is not null
    group by conversation_item_id, reported_conversation_id
    qualify count(*) over (partition by conversation_item_id) > 1

),

two_conversations as (

    select
        moved.conversation_item_id,
        count(distinct conversation_ids.conversation_id) as conversation_count,
        min(conversation_ids.conversation_id) as first_conversation_id,
        max(conversation_ids.conversation_id) as last_conversation_id,
        max(moved.last_captured_at) as last_captured_at
    from moved
    inner join conversation_ids
        on
            moved.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by moved.conversation_item_id
    having count(distinct conversation_ids.conversation_id) > 1

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
            ' is on ', cast(customer_count as string),
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
            'reported under ', cast(count(*) as string), ' customers,',
            ' among them ', min(customer_id), ' and ', max(customer_id)
        ) as detail,
        max(last_known_at) as occurred_at
    from owners
    group by conversation_id
    having count(*) > 1

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
            'captured in ', cast(conversation_count as string),
            ' conversations, among them ', first_conversation_id, ' and ',
            last_conversation_id
        ) as detail,
        last_captured_at as occurred_at
    from two_conversations

)

select * from violations
