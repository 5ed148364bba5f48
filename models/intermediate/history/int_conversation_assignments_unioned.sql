with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where not is_posthumous

),

beginnings as (

    select * from {{ ref('int_first_assignments_inferred') }}

),

captures as (

    select * from {{ ref('int_conversation_captures_compared') }}
    where
        current_inbox_id is not null
        or current_agent_id is not null
        or is_inbox_reported != is_agent_reported

),

-- Events within a second of an assignment may have been reported out of order,
-- also of the first one, before which no owner was known.
contexts as (

    select *
    from events
    qualify
        (previous_inbox_id is not null or previous_agent_id is not null)
        and count(*) filter (
            where event_type = 'conversation_assignee_updated'
        ) over (
            partition by reported_conversation_id
            order by occurred_at
            range between {{ time_tolerance() }} preceding
            and {{ time_tolerance() }} following
        ) = 0

),

observed as (

    select
        reported_conversation_id,
        event_number,
        begun_at as observed_at,
        cast(null as timestamp) as known_until,
        inbox_id,
        agent_id,
        'beginning' as observed_by,
        is_inbox_reported,
        is_agent_reported,
        case when not is_creation then begun_at end as changed_at
    from beginnings

    union all

    select
        reported_conversation_id,
        event_number,
        happened_at as observed_at,
        null as known_until,
        new_inbox_id as inbox_id,
        new_agent_id as agent_id,
        'assignment' as observed_by,
        coalesce(is_new_inbox_reported, true) as is_inbox_reported,
        coalesce(is_new_agent_reported, true) as is_agent_reported,
        happened_at as changed_at
    from events
    where event_type = 'conversation_assignee_updated'

    union all

    select
        contexts.reported_conversation_id,
        contexts.event_number,
        contexts.happened_at as observed_at,
        null as known_until,
        contexts.previous_inbox_id as inbox_id,
        contexts.previous_agent_id as agent_id,
        case contexts.event_type
            when 'conversation_closed' then 'closing'
            else 'context'
        end as observed_by,
        contexts.is_inbox_reported,
        contexts.is_agent_reported,
        contexts.happened_at as changed_at
    from contexts
    left join beginnings
        on
            contexts.reported_conversation_id
            = beginnings.reported_conversation_id
            and contexts.event_number = beginnings.event_number
    where beginnings.reported_conversation_id is null

    union all

    select
        reported_conversation_id,
        null as event_number,
        observed_at,
        known_until,
        current_inbox_id as inbox_id,
        current_agent_id as agent_id,
        'snapshot' as observed_by,
        is_inbox_reported,
        is_agent_reported,
        null as changed_at
    from captures

),

placed as (

    select
        *,
        max(changed_at) over (
            partition by reported_conversation_id
            order by observed_at asc, event_number asc nulls last
            rows between unbounded preceding and current row
        ) as last_changed_at
    from observed

),

-- What a capture may not have known yet, it does not deny.
believed as (

    select
        reported_conversation_id,
        event_number,
        observed_at,
        inbox_id,
        agent_id,
        observed_by,
        is_inbox_reported,
        is_agent_reported
    from placed
    where
        known_until is null
        or last_changed_at is null
        or last_changed_at < known_until

)

select * from believed
