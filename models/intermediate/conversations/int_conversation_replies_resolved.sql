with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

message_replies as (

    select * from {{ ref('int_message_replies_resolved') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

-- The earliest that was exported is the first only of what began within the
-- export jobs, up to the first time that none was pulled for, and up to the
-- sender's first item of unknown kind, which may be a message: nothing proves
-- that nothing came before it.
written as (

    select
        conversation_items.conversation_id,
        min(conversation_items.occurred_at) filter (
            where
            conversation_items.is_from_customer
            and message_replies.message_id is not null
        ) as first_customer_message_at,
        min(message_replies.replied_at) as first_agent_reply_at,
        {% for sender in ['customer', 'agent'] %}
            min(conversation_items.occurred_at) filter (
                where
                conversation_items.is_from_{{ sender }}
                and conversation_items.item_kind is null
            ) as unknown_from_{{ sender }}_at,
        {% endfor %}
        min(coverage.item_gap_from) as gap_from
    from conversation_items
    left join message_replies
        on conversation_items.item_id = message_replies.message_id
    inner join coverage
        on conversation_items.conversation_id = coverage.conversation_id
    where coverage.began_at >= coverage.items_covered_from
    group by conversation_items.conversation_id

),

known as (

    select
        {% for moment, sender in {
            'first_customer_message_at': 'customer',
            'first_agent_reply_at': 'agent',
        }.items() %}
            case
                when
                    coalesce(
                        {{ moment }}
                        <= least(gap_from, unknown_from_{{ sender }}_at),
                        true
                    )
                    then {{ moment }}
            end as {{ moment }},
        {% endfor %}
        conversation_id
    from written

),

resolved as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        known.first_customer_message_at,
        known.first_agent_reply_at,
        {{ seconds_between(
            'known.first_customer_message_at', 'known.first_agent_reply_at'
        ) }} as first_reply_seconds
    from conversation_ids
    left join known
        on conversation_ids.reported_conversation_id = known.conversation_id
    where conversation_ids.hop_count = 0

)

select * from resolved
