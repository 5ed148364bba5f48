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
        conversation_items.conversation_item_id,
        coalesce(
            oldest_copies.reported_conversation_id,
            conversation_items.reported_conversation_id
        ) as reported_conversation_id,
        conversation_items.content_type,
        conversation_items.changed_to_status,
        conversation_items.added_topic_ids,
        conversation_items.removed_topic_ids,
        conversation_items.occurred_at,
        conversation_items.initiator_type,
        conversation_items.initiator_id,
        conversation_items._captured_at,
        conversation_items._extract_file,
        conversation_items._record_number
    from conversation_items
    left join oldest_copies
        on
            conversation_items.conversation_item_id
            = oldest_copies.conversation_item_id

),

topic_changes as (

    select
        conversation_item_id,
        'conversation_topic_added' as event_type,
        {{ unnest_json_texts('added_topic_ids') }} as topic_id
    from placed
    where content_type = 'topic_change'

    union all

    select
        conversation_item_id,
        'conversation_topic_removed' as event_type,
        {{ unnest_json_texts('removed_topic_ids') }} as topic_id
    from placed
    where content_type = 'topic_change'

),

-- A list that names a topic twice reports it once.
changes as (

    select
        conversation_item_id,
        case changed_to_status
            when 'open' then 'conversation_reopened'
            when 'closed' then 'conversation_closed'
        end as event_type,
        cast(null as string) as topic_id
    from placed
    where content_type = 'conversation_status_change'

    union all

    select distinct
        conversation_item_id,
        event_type,
        topic_id
    from topic_changes

),

reported as (

    select
        'conversation_items' as source_extract,
        changes.conversation_item_id as source_key,
        placed.reported_conversation_id,
        changes.event_type,
        placed.occurred_at,
        changes.topic_id,
        cast(null as string) as previous_inbox_id,
        cast(null as string) as previous_agent_id,
        cast(null as string) as new_inbox_id,
        cast(null as string) as new_agent_id,
        cast(null as string) as assignment_reason,
        placed.initiator_type,
        placed.initiator_id,
        placed._captured_at,
        placed._extract_file,
        placed._record_number
    from changes
    inner join placed
        on changes.conversation_item_id = placed.conversation_item_id

)

select * from reported
