{%- set nearby = (
    'range between {0} preceding and {0} following'
).format(time_tolerance()) -%}

with

resolved as (

    select * from {{ ref('int_conversation_events_resolved') }}

),

-- What makes two accounts one event: an item does not distinguish creation from
-- reopening, and a new assignment is known by what it led to.
likened as (

    select
        event_key,
        source_extract,
        precedence,
        conversation_id,
        reported_conversation_id,
        event_type,
        occurred_at,
        case
            when
                event_type in ('conversation_created', 'conversation_reopened')
                then 'conversation_opened'
            else event_type
        end as kind_of_change,
        case
            when event_type = 'conversation_assignee_updated'
                then {{ hashed_key(['new_inbox_id', 'new_agent_id']) }}
            else topic_id
        end as changed_to,
        -- Items do not say who had it; Conversation Export does of closings.
        case
            when source_extract = 'conversation_export_report'
                then previous_inbox_id
        end as exported_inbox_id,
        case
            when source_extract = 'conversation_export_report'
                then previous_agent_id
        end as exported_agent_id,
        _captured_at,
        _extract_file,
        _record_number
    from resolved

),

-- Reports may drop milliseconds, hence the second. An item of an absorbed
-- conversation can stand under the survivor, so it is compared with the family.
weighed as (

    select
        *,
        {% for name, measure in {
            'best_precedence': 'min(precedence)',
            'is_near_creation': "bool_or(event_type = 'conversation_created')",
            'near_inbox_id': 'max(exported_inbox_id)',
            'near_agent_id': 'max(exported_agent_id)',
        }.items() %}
            {{ measure }} over (
                partition by
                    reported_conversation_id, kind_of_change, changed_to
                order by occurred_at
                {{ nearby }}
            ) as {{ name }},
        {% endfor %}
        min(precedence) over (
            partition by conversation_id, kind_of_change, changed_to
            order by occurred_at
            {{ nearby }}
        ) as best_precedence_in_family,
        row_number() over (
            partition by reported_conversation_id, event_type
            order by precedence, occurred_at, event_key
        ) as account_number
    from likened

),

-- A conversation is created once, whatever the accounts, and first of all: what
-- is reported to have happened before, did not.
chosen as (

    select
        *,
        row_number() over (
            partition by reported_conversation_id
            order by
                event_type != 'conversation_created',
                occurred_at,
                precedence,
                _captured_at,
                _extract_file,
                _record_number,
                event_key
        ) as event_number,
        max(case event_type when 'conversation_created' then occurred_at end)
            over (partition by reported_conversation_id)
            as created_at
    from weighed
    where
        case
            when event_type = 'conversation_created' then account_number = 1
            when source_extract = 'conversation_items'
                then
                    precedence = best_precedence_in_family
                    and precedence = best_precedence
                    and not is_near_creation
            else precedence = best_precedence
        end

),

-- Only keys were sorted.
combined as (

    select
        resolved.event_key,
        resolved.conversation_id,
        resolved.reported_conversation_id,
        chosen.event_number,
        resolved.event_type,
        resolved.occurred_at,
        greatest(resolved.occurred_at, chosen.created_at) as happened_at,
        resolved.topic_id,
        case resolved.source_extract
            when 'conversation_items' then chosen.near_inbox_id
            else resolved.previous_inbox_id
        end as previous_inbox_id,
        case resolved.source_extract
            when 'conversation_items' then chosen.near_agent_id
            else resolved.previous_agent_id
        end as previous_agent_id,
        resolved.new_inbox_id,
        resolved.new_agent_id,
        resolved.assignment_reason,
        resolved.initiator_type,
        resolved.initiator_id,
        resolved.is_posthumous,
        resolved.source_extract
    from chosen
    inner join resolved on chosen.event_key = resolved.event_key

)

select * from combined
