{%- set nearby = (
    'order by occurred_at range between {0} preceding and {0} following'
).format(time_tolerance()) -%}
{%- set of_who_had_it = [
    'previous_inbox_id', 'previous_agent_id', 'is_agent_reported',
] -%}

with

resolved as (

    select * from {{ ref('int_conversation_events_resolved') }}

),

-- What makes two accounts one event: an item does not distinguish creation from
-- reopening, and a new assignment is known by what it led to.
likened as (

    select
        *,
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
        end as changed_to
    from resolved

),

-- Reports may drop milliseconds, hence the second. Items do not say who had it,
-- Conversation Export does of closings.
weighed as (

    select
        *,
        {% for column in of_who_had_it %}
            max({{ column }}) filter (
                where source_extract = 'conversation_export_report'
            ) over nearby as near_{{ column }},
        {% endfor %}
        min(precedence) over nearby as best_precedence,
        bool_or(event_type = 'conversation_created') over nearby
            as is_near_creation
    from likened
    window
        nearby as (
            partition by reported_conversation_id, kind_of_change, changed_to
            {{ nearby }}
        )

),

-- A conversation is created once, whatever the accounts.
creations as (

    select * from likened
    where event_type = 'conversation_created'
    qualify row_number() over (
        partition by reported_conversation_id
        order by precedence, occurred_at, event_key
    ) = 1

),

-- Items of an absorbed conversation can stand under the survivor.
outdone as (

    select event_key from likened
    where
        conversation_id in (
            select conversation_id
            from resolved
            where reported_conversation_id != conversation_id
        )
    qualify precedence > min(precedence) over (
        partition by conversation_id, kind_of_change, changed_to
        {{ nearby }}
    )

),

-- It is created first of all: what is reported to have been before, was not.
chosen as (

    select
        weighed.event_key,
        weighed.near_previous_inbox_id,
        weighed.near_previous_agent_id,
        weighed.near_is_agent_reported,
        creations.occurred_at as created_at,
        row_number() over (
            partition by weighed.reported_conversation_id
            order by
                weighed.event_type != 'conversation_created',
                weighed.occurred_at, weighed.precedence, weighed._captured_at,
                weighed._extract_file, weighed.place_in_file, weighed.event_key
        ) as event_number
    from weighed
    left join creations
        on weighed.reported_conversation_id = creations.reported_conversation_id
    left join outdone on weighed.event_key = outdone.event_key
    where
        case weighed.event_type
            when 'conversation_created'
                then weighed.event_key = creations.event_key
            else weighed.precedence = weighed.best_precedence
        end
        and (
            weighed.source_extract != 'conversation_items'
            or (outdone.event_key is null and not weighed.is_near_creation)
        )

),

-- Only keys were sorted.
combined as (

    select
        resolved.event_key,
        resolved.conversation_id,
        resolved.reported_conversation_id,
        chosen.event_number,
        {% for column in of_who_had_it %}
            case resolved.source_extract
                when 'conversation_items' then chosen.near_{{ column }}
                else resolved.{{ column }}
            end as {{ column }},
        {% endfor %}
        {% for column in [
            'event_type', 'occurred_at', 'topic_id', 'new_inbox_id',
            'new_agent_id', 'is_inbox_reported', 'assignment_reason',
            'initiator_type', 'initiator_id', 'is_posthumous', '_extract_file',
            'is_new_inbox_reported', 'is_new_agent_reported', 'source_extract',
        ] %}
            resolved.{{ column }},
        {% endfor %}
        greatest(resolved.occurred_at, chosen.created_at) as happened_at
    from chosen
    inner join resolved on chosen.event_key = resolved.event_key

)

select * from combined
