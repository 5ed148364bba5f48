with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}
    where
        content_type in ('conversation_status_change', 'topic_change')

),

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

-- A job that ran after a merge reports items of the absorbed conversation under
-- the survivor: the oldest copy knows where it happened.
oldest_copies as (

    select
        item_copies.conversation_item_id,
        item_copies.reported_conversation_id
    from item_copies
    inner join conversation_items
        on
            item_copies.conversation_item_id
            = conversation_items.conversation_item_id
    qualify row_number() over (
        partition by item_copies.conversation_item_id
        order by
            item_copies._captured_at,
            item_copies._extract_file,
            item_copies._record_number
    ) = 1

),

placed as (

    select
        conversation_items.*,
        coalesce(
            oldest_copies.reported_conversation_id,
            conversation_items.reported_conversation_id
        ) as first_conversation_id
    from conversation_items
    left join oldest_copies
        on
            conversation_items.conversation_item_id
            = oldest_copies.conversation_item_id

),

-- A list that names a topic twice reports it once.
changes as (

    select
        *,
        case changed_to_status
            when 'open' then 'conversation_reopened'
            when 'closed' then 'conversation_closed'
        end as event_type,
        cast(null as string) as topic_id
    from placed
    where content_type = 'conversation_status_change'

    union

    select
        *,
        'conversation_topic_added' as event_type,
        {{ unnest_json_texts('added_topic_ids') }} as topic_id
    from placed
    where content_type = 'topic_change'

    union

    select
        *,
        'conversation_topic_removed' as event_type,
        {{ unnest_json_texts('removed_topic_ids') }} as topic_id
    from placed
    where content_type = 'topic_change'

),

reported as (

    select
        'conversation_items' as source_extract,
        conversation_item_id as source_key,
        first_conversation_id as reported_conversation_id,
        event_type,
        occurred_at,
        topic_id,
        cast(null as string) as previous_inbox_id,
        cast(null as string) as previous_agent_id,
        cast(null as string) as new_inbox_id,
        cast(null as string) as new_agent_id,
        cast(null as string) as assignment_reason,
        initiator_type,
        initiator_id,
        _captured_at,
        _extract_file,
        _record_number
    from changes

)

select * from reported
