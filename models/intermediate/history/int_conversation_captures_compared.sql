{%- set order_of_time = (
    'observed_at, precedence, _extract_file desc, _record_number desc'
) -%}

with

captures as (

    select * from {{ ref('int_conversation_captures_unioned') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where
        event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened',
            'conversation_assignee_updated'
        )
        or previous_inbox_id is not null
        or previous_agent_id is not null

),

ends as (

    select * from {{ ref('int_conversation_ids_resolved') }}
    where ended_by is not null

),

timeline as (

    select
        *,
        true as is_capture
    from captures

    union all

    select
        reported_conversation_id,
        null as conversation_status,
        null as current_inbox_id,
        null as current_agent_id,
        null as is_inbox_reported,
        null as is_agent_reported,
        null as topic_ids,
        null as shows_all_topics,
        occurred_at as observed_at,
        null as known_until,
        0 as precedence,
        null as _extract_file,
        null as _record_number,
        false as is_capture
    from events

),

-- Narrow rows, sorted once: fifty captures of a conversation mostly agree.
placed as (

    select
        *,
        max(case when not is_capture then observed_at end) over (
            partition by reported_conversation_id
            order by {{ order_of_time }}
            rows between unbounded preceding and current row
        ) as last_event_at,
        max(case when precedence = 1 then observed_at end) over (
            partition by reported_conversation_id
            order by {{ order_of_time }}
            rows between unbounded preceding and current row
        ) as last_fetched_at,
        max(case when is_capture then observed_at end) over (
            partition by reported_conversation_id
            order by {{ order_of_time }}
            rows between unbounded preceding and 1 preceding
        ) as last_captured_at
    from timeline

),

-- Of an absorbed or deleted conversation, what was before its end counts.
believed as (

    select
        placed.reported_conversation_id,
        placed.conversation_status,
        placed.current_inbox_id,
        placed.current_agent_id,
        placed.is_inbox_reported,
        placed.is_agent_reported,
        placed.observed_at,
        placed.known_until,
        placed.last_event_at
    from placed
    left join ends
        on placed.reported_conversation_id = ends.reported_conversation_id
    where
        placed.is_capture
        and placed.last_captured_at is distinct from placed.observed_at
        and (
            placed.precedence = 1
            or placed.last_fetched_at is null
            or placed.last_fetched_at < placed.known_until
        )
        and (ends.ended_at is null or placed.observed_at < ends.ended_at)

),

compared as (

    select
        reported_conversation_id,
        conversation_status,
        current_inbox_id,
        current_agent_id,
        is_inbox_reported,
        is_agent_reported,
        observed_at,
        known_until
    from believed
    qualify
        last_event_at >= lag(known_until)
            over (
                partition by reported_conversation_id
                order by observed_at
            )
        {% for column in [
            'conversation_status', 'current_inbox_id', 'current_agent_id',
            'is_inbox_reported', 'is_agent_reported',
        ] %}
            or {{ column }} is distinct from lag({{ column }})
                over (
                    partition by reported_conversation_id
                    order by observed_at
                )
        {% endfor %}

)

select * from compared
