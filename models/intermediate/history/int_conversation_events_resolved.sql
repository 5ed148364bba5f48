with

{{ refine_minutes(
    ref('int_conversation_events_unioned'),
    [
        'reported_conversation_id', 'kind', 'topic_id', 'new_inbox_id',
        'new_agent_id',
    ],
) }},

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

event_types as (

    select * from {{ ref('seed_event_types') }}

),

actor_types as (

    select * from {{ ref('seed_actor_types') }}

),

actors as (

    select * from {{ ref('int_conversation_event_actors_matched') }}

),

keyed as (

    select
        refined.*,
        conversation_ids.conversation_id,
        conversation_ids.ended_at,
        event_types.event_type as combined_event_type,
        coalesce(
            actor_types.actor_type,
            refined.initiator_type,
            actors.initiator_type
        ) as combined_initiator_type,
        coalesce(refined.initiator_id, actors.initiator_id)
            as combined_initiator_id,
        {{ hashed_key([
            'refined.source_extract',
            'coalesce(item_ids.item_id, refined.source_key)',
            'refined.event_type', 'refined.topic_id', 'refined.occurred_at',
        ]) }} as event_key
    from refined
    left join conversation_ids
        on
            refined.reported_conversation_id
            = conversation_ids.reported_conversation_id
    -- In the key, for a join cannot be hashed on a condition of one side.
    left join item_ids
        on
            case
                when refined.source_extract = 'conversation_items'
                    then refined.source_key
            end = item_ids.reported_item_id
    left join event_types
        on refined.event_type = event_types.reported_value
    left join actor_types
        on
            refined.initiator_type = actor_types.reported_value
            and actor_types.vocabulary = case
                when refined.source_extract in ('events', 'conversation_items')
                    then 'item'
                else 'report'
            end
    left join actors
        on
            refined.source_extract = actors.source_extract
            and refined.source_key = actors.source_key

),

-- An item issued again reports its change twice; the older copy knows where.
resolved as (

    select
        event_key,
        source_extract,
        precedence,
        conversation_id,
        reported_conversation_id,
        combined_event_type as event_type,
        refined_at as occurred_at,
        topic_id,
        case
            when combined_event_type != 'conversation_created'
                then previous_inbox_id
        end as previous_inbox_id,
        case
            when combined_event_type != 'conversation_created'
                then previous_agent_id
        end as previous_agent_id,
        -- The context of a creation is what it was created with.
        case
            when combined_event_type = 'conversation_created'
                then coalesce(new_inbox_id, previous_inbox_id)
            else new_inbox_id
        end as new_inbox_id,
        case
            when combined_event_type = 'conversation_created'
                then coalesce(new_agent_id, previous_agent_id)
            else new_agent_id
        end as new_agent_id,
        is_inbox_reported,
        is_agent_reported,
        is_new_inbox_reported,
        is_new_agent_reported,
        assignment_reason,
        combined_initiator_type as initiator_type,
        combined_initiator_id as initiator_id,
        coalesce(refined_at >= ended_at, false) as is_posthumous,
        _captured_at,
        _extract_file,
        _record_number
    from keyed

),

{{ first_per_key(
    'first_reported', 'resolved', 'event_key',
    '_captured_at, _extract_file, _record_number'
) }},

{{ order_by_state('in_order', 'first_reported') }}

select * from in_order
